package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.WordExpander;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evaluates a Kubefile: first the ARGs before the first FROM, then each stage that the target needs. */
final class Evaluator {
    static final int MOST_STAGES = 500;

    private final Kubefile kubefile;
    private final BuildOptions options;
    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();
    private final List<Stage> done = new ArrayList<>();
    private final List<TraceEntry> trace = new ArrayList<>();
    private final Expansion.Limit limit = new Expansion.Limit();
    private final Map<String, Variable> given;
    private final Map<String, Variable> predefined;

    Evaluator(Kubefile kubefile, BuildOptions options) {
        this.kubefile = kubefile;
        this.options = options;
        this.given = ArgScope.given(options);
        this.predefined = ArgScope.predefined(options.platform());
    }

    KubefileEvaluation evaluate() {
        collect();
        if (!problems.isEmpty()) {
            throw new KubefileEvaluationException(problems.list());
        }
        warnOfUndeclared();
        return new KubefileEvaluation(done, new Trace(trace), warnings.list());
    }

    /** {@return the problems of a Kubefile with syntax errors that do not depend on variables} */
    static List<KubefileProblem> independentProblems(Kubefile kubefile) {
        Evaluator evaluator = new Evaluator(kubefile, BuildOptions.defaults());
        evaluator.problems.doubtVariables();
        evaluator.collect();
        return evaluator.problems.list();
    }

    private void collect() {
        Map<String, Variable> heading = evaluateHeading();
        boolean inDoubt = problems.areVariablesInDoubt();
        Optional<List<StageSource>> stages = upToTarget(StageSource.split(kubefile.instructions()));
        stages.ifPresent(sources -> {
            Problems unresolved = evaluateStages(sources, heading);
            problems.addNew(inDoubt ? List.of() : unresolved.list());
        });
    }

    /** {@return the problems of finding the stages that the target needs} */
    private Problems evaluateStages(List<StageSource> sources, Map<String, Variable> heading) {
        Problems unresolved = new Problems();
        Set<Integer> needed = new NeededStages(sources, word -> expandBefore(word, heading), unresolved).find();
        Map<String, Stage> stages = new HashMap<>();
        for (StageSource source : sources) {
            if (needed.contains(source.index())) {
                evaluateStage(source, sources, heading, stages);
            }
        }
        return unresolved;
    }

    /** Warns about build arguments that no ARG of any stage declares, because most of them are misspelt. */
    private void warnOfUndeclared() {
        Set<String> undeclared = new LinkedHashSet<>(given.keySet());
        undeclared.removeAll(declared());
        ArgScope.ALWAYS_ALLOWED.forEach(undeclared::remove);
        undeclared.forEach(name -> warnings.add(
                kubefile.whole(),
                "no ARG declares the build argument " + name,
                "Add ARG " + name + ", or leave the argument out."));
    }

    private Set<String> declared() {
        return kubefile.instructions().stream()
                .filter(ArgInstruction.class::isInstance)
                .flatMap(instruction -> instruction.arguments().stream())
                .map(argument -> nameOf(argument.text().replaceAll("[\"']", "")))
                .collect(Collectors.toSet());
    }

    private static String nameOf(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private Map<String, Variable> evaluateHeading() {
        ArgScope scope = new ArgScope(given, predefined, Map.of());
        for (ArgInstruction instruction : StageSource.heading(kubefile.instructions())) {
            Expansion expansion = new Expansion(instruction, scope::find, limit);
            expansion.run(problems, () -> expansion.arguments().forEach(word -> scope.declare(word, instruction)));
        }
        return scope.visible();
    }

    private String expandBefore(String word, Map<String, Variable> heading) {
        long[] characters = new long[1];
        return WordExpander.expand(word, name -> {
            Variable variable = heading.getOrDefault(name, given.get(name));
            if (variable == null) {
                return null;
            }
            limit.add(variable.value().length(), characters[0]);
            characters[0] += variable.value().length();
            return variable.value();
        });
    }

    /** {@return the stages up to the target; empty if it cannot be told} */
    private Optional<List<StageSource>> upToTarget(List<StageSource> stages) {
        if (stages.isEmpty()) {
            problems.add(kubefile.whole(), "the Kubefile has no FROM", "Begin it with FROM scratch.");
            return Optional.empty();
        }
        if (stages.size() > MOST_STAGES) {
            problems.add(
                    stages.get(MOST_STAGES).instructions().get(0).range(),
                    "the Kubefile has more than " + MOST_STAGES + " stages",
                    "Join stages, or build some of them as images of their own.");
            return Optional.empty();
        }
        if (options.target().isEmpty()) {
            return Optional.of(stages);
        }
        String target = options.target().get();
        for (StageSource stage : stages) {
            if (stage.name().equals(target)) {
                return Optional.of(stages.subList(0, stage.index() + 1));
            }
        }
        problems.add(kubefile.whole(), "there is no stage " + target + " to build", "It has " + names(stages) + ".");
        return Optional.empty();
    }

    private static String names(List<StageSource> stages) {
        return String.join(", ", stages.stream().map(StageSource::name).toList());
    }

    private void evaluateStage(
            StageSource source, List<StageSource> sources, Map<String, Variable> heading, Map<String, Stage> stages) {
        if (source.from().isEmpty()) {
            problems.add(
                    source.instructions().get(0).range(),
                    "an instruction stands before FROM",
                    "Only ARG may; begin the Kubefile with FROM scratch.");
            return;
        }
        FromInstruction from = source.from().get();
        Expansion expansion = new Expansion(from, fromVariables(heading)::get, limit);
        expansion.run(problems, () -> {
            FromResult result =
                    FromResult.of(from, expansion, new Expansion(from, flagVariables()::get, limit), options);
            Stage base = result.base().equals("scratch") ? null : stages.get(result.base());
            StageEvaluator evaluator = new StageEvaluator(
                    new StageContext(source, sources, stages, options, problems, warnings, trace, limit),
                    new ArgScope(given, predefined, heading),
                    baseConfig(result.base(), base));
            Stage stage = evaluator.evaluate(result, base);
            stages.put(source.name(), stage);
            done.add(stage);
        });
    }

    private ContainerConfig baseConfig(String base, @Nullable Stage stage) {
        if (stage != null) {
            return stage.config();
        }
        ContainerConfig given = options.baseConfigs().get(base);
        return given == null ? ContainerConfig.builder().build() : given;
    }

    // The caller's arguments override those before the first FROM, but only if an ARG anywhere declares them without a
    // default.
    private Map<String, Variable> fromVariables(Map<String, Variable> heading) {
        Map<String, Variable> variables = new LinkedHashMap<>(heading);
        variables.putAll(flagVariables());
        return variables;
    }

    private Map<String, Variable> flagVariables() {
        Map<String, Variable> variables = new LinkedHashMap<>(predefined);
        Map<String, Variable> visible = new LinkedHashMap<>(given);
        visible.keySet().retainAll(declaredWithoutDefault());
        variables.putAll(visible);
        return variables;
    }

    private Set<String> declaredWithoutDefault() {
        Set<String> names = new LinkedHashSet<>();
        for (Instruction instruction : kubefile.instructions()) {
            if (instruction instanceof ArgInstruction && instruction.arguments().size() == 1) {
                names.add(instruction.arguments().get(0).text());
            }
        }
        return names;
    }
}
