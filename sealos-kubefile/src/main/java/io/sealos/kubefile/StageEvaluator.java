package io.sealos.kubefile;

import io.sealos.kubefile.internal.paths.PathNames;
import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.source.Whitespace;
import io.sealos.kubefile.internal.words.ValueForms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates the instructions of one stage, one after the other. */
final class StageEvaluator {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final StageContext context;
    private final ArgScope args;
    private final ContainerConfig.Builder config;
    private final List<BuildStep> steps = new ArrayList<>();
    // The variables that flags can use: those of the base and of ENV, without the default PATH.
    private final Map<String, Variable> env = new LinkedHashMap<>();
    private final Map<String, Variable> added = new LinkedHashMap<>();
    private final CopyEvaluator copies;
    private final List<String> triggers;
    private boolean cmdSet;
    private boolean workingDirMade;

    StageEvaluator(StageContext context, ArgScope args, ContainerConfig base) {
        this.context = context;
        this.args = args;
        this.config = base.toBuilder().onBuild(List.of());
        this.triggers = base.onBuild();
        this.copies = new CopyEvaluator(context);
        base.env().forEach((k, v) -> env.put(k, new Variable(k, v, Variable.Origin.BASE, null)));
        if (!env.containsKey("PATH")) {
            added.put("PATH", new Variable("PATH", DEFAULT_PATH, Variable.Origin.PREDEFINED, null));
        }
    }

    Stage evaluate(FromResult from, @Nullable Stage base) {
        refuseImage(from, base);
        workingDirMade = base != null && !base.steps().isEmpty();
        Expansion options = new Expansion(from.from(), this::variable, context.limit());
        options.run(context.problems(), () -> addEnvOptions(options));
        for (Instruction instruction : instructions(from)) {
            evaluate(instruction);
            makeWorkingDir(from.from(), instruction);
        }
        Expansion labels = new Expansion(from.from(), this::variable, context.limit());
        labels.run(context.problems(), () -> addLabelOptions(labels));
        added.values().forEach(v -> config.envAtEnd(v.name(), SourceBytes.readable(v.value())));
        return new Stage(new StageState(
                context.source().index(), from.from(), from.base(), base, from.platform(), steps, config.build()));
    }

    private void refuseImage(FromResult from, @Nullable Stage base) {
        boolean known = context.options().baseConfigs().containsKey(from.base());
        if (base == null && !from.base().equals("scratch") && !known) {
            steps.add(new RefusedStep(
                    from.from(),
                    from.base(),
                    "the base image " + from.base() + " is not at hand",
                    "Begin with FROM scratch, or with an earlier stage."));
        }
    }

    private List<Instruction> instructions(FromResult from) {
        List<Instruction> written = context.source().instructions();
        List<Instruction> all = new ArrayList<>(Triggers.parse(triggers, from.base(), context.problems()));
        all.addAll(written.subList(1, written.size()));
        return all;
    }

    // The engine creates the working directory of the base image after the first instruction, if it is missing.
    private void makeWorkingDir(FromInstruction from, Instruction first) {
        if (!workingDirMade && !config.workingDir().isEmpty() && !(first instanceof WorkdirInstruction)) {
            steps.add(new WorkdirStep(from, PathNames.join("/", config.workingDir()), config.user()));
        }
        workingDirMade = true;
    }

    private void addEnvOptions(Expansion expansion) {
        List<Variable> expanded = new ArrayList<>();
        context.options()
                .env()
                .forEach((key, value) -> expanded.add(
                        new Variable(key, expansion.expandVariables(value), Variable.Origin.OPTION, null)));
        expanded.forEach(variable -> setEnv(variable, expansion));
    }

    private void addLabelOptions(Expansion expansion) {
        context.options()
                .labels()
                .forEach((key, value) -> setLabel(key, expansion.expandVariables(value), null, expansion));
    }

    private void evaluate(Instruction instruction) {
        Expansion expansion = new Expansion(instruction, this::variable, context.limit());
        expansion.run(context.problems(), () -> apply(instruction, expansion));
    }

    private @Nullable Variable variable(String name) {
        Variable variable = added.getOrDefault(name, env.get(name));
        return variable == null ? args.find(name) : variable;
    }

    private @Nullable Variable flagVariable(String name) {
        Variable variable = env.get(name);
        return variable == null ? args.findUndeclared(name) : variable;
    }

    private void apply(Instruction instruction, Expansion expansion) {
        switch (instruction.keyword()) {
            case "ENV" -> applyEnv(instruction, expansion);
            case "LABEL" -> applyLabel(instruction, expansion);
            case "ARG" -> expansion.arguments().forEach(word -> args.declare(word, instruction));
            case "COPY", "ADD" -> applyCopy(instruction, expansion);
            case "CMD" -> applyCmd(instruction, expansion);
            case "ENTRYPOINT" -> applyEntrypoint(instruction, expansion);
            case "USER" -> config.user(traced(instruction, single(instruction, expansion), expansion));
            case "WORKDIR" -> applyWorkdir(instruction, expansion);
            case "EXPOSE" -> applyExpose(instruction, expansion);
            case "VOLUME" -> applyVolume(instruction, expansion);
            case "STOPSIGNAL" -> applyStopSignal(instruction, expansion);
            case "MAINTAINER" -> config.author(traced(instruction, text(instruction), expansion));
            case "RUN" ->
                steps.add(new RefusedStep(
                        instruction,
                        "RUN needs a container to run in",
                        "Run the command beforehand and COPY what it makes, or let sealos run it with CMD."));
            default -> new IgnoredInstructions(context.warnings()).check(instruction);
        }
    }

    private void applyEnv(Instruction instruction, Expansion expansion) {
        List<String> words = atLeastOne(instruction, expansion);
        for (int at = 0; at + 1 < words.size(); at += 2) {
            setEnv(new Variable(words.get(at), words.get(at + 1), Variable.Origin.ENV, instruction), expansion);
        }
    }

    private void setEnv(Variable variable, Expansion expansion) {
        // A key ends at its equals sign, as it does for a process that reads the variable.
        int equals = variable.name().indexOf('=');
        Variable set = equals < 0
                ? variable
                : new Variable(
                        variable.name().substring(0, equals),
                        variable.name().substring(equals + 1) + "=" + variable.value(),
                        variable.origin(),
                        variable.instruction().orElse(null));
        added.put(set.name(), set);
        env.put(set.name(), set);
        trace("ENV", set.name(), set.value(), variable.instruction().orElse(null), expansion);
    }

    private void applyLabel(Instruction instruction, Expansion expansion) {
        List<String> words = atLeastOne(instruction, expansion);
        for (int at = 0; at + 1 < words.size(); at += 2) {
            setLabel(words.get(at), words.get(at + 1), instruction, expansion);
        }
    }

    private void setLabel(String key, String value, @Nullable Instruction instruction, Expansion expansion) {
        config.label(SourceBytes.readable(key), SourceBytes.readable(value));
        trace("LABEL", key, value, instruction, expansion);
    }

    private void applyCopy(Instruction instruction, Expansion expansion) {
        BuildStep step = copies.evaluate(
                instruction,
                expansion,
                new Expansion(instruction, this::flagVariable, context.limit()),
                config.workingDir());
        steps.add(step);
    }

    private void applyCmd(Instruction instruction, Expansion expansion) {
        List<String> commands = new ArrayList<>(texts(instruction));
        if (!instruction.isJson()) {
            commands.addAll(0, List.of("/bin/sh", "-c"));
        }
        config.cmd(commands);
        cmdSet |= !instruction.arguments().isEmpty();
        traced(instruction, String.join(" ", commands), expansion);
    }

    private void applyEntrypoint(Instruction instruction, Expansion expansion) {
        List<String> commands = new ArrayList<>(texts(instruction));
        if (!instruction.isJson() && !commands.isEmpty()) {
            commands.addAll(0, List.of("/bin/sh", "-c"));
        }
        config.entrypoint(commands);
        if (!cmdSet) {
            config.cmd(List.of());
        }
        traced(instruction, String.join(" ", commands), expansion);
    }

    private void applyWorkdir(Instruction instruction, Expansion expansion) {
        String named = single(instruction, expansion);
        String directory = named.startsWith("/") ? named : PathNames.join(config.workingDir(), named);
        config.workingDir(traced(instruction, directory, expansion));
        steps.add(new WorkdirStep(instruction, directory, config.user()));
    }

    private void applyExpose(Instruction instruction, Expansion expansion) {
        List<String> ports = instruction.arguments().stream()
                .flatMap(argument -> expansion.words(argument).stream())
                .toList();
        if (ports.isEmpty()) {
            throw missing(instruction);
        }
        for (String port : ports) {
            List<String> parts = List.of(port.split("/", -1));
            config.exposedPort(parts.get(0) + "/" + (parts.size() == 1 ? "tcp" : parts.get(1)));
        }
        traced(instruction, String.join(" ", ports), expansion);
    }

    private void applyVolume(Instruction instruction, Expansion expansion) {
        List<String> paths = atLeastOne(instruction, expansion).stream()
                .map(path -> path.substring(
                        Whitespace.skipSpace(path, 0, path.length()),
                        Math.max(
                                Whitespace.skipSpace(path, 0, path.length()),
                                Whitespace.skipSpaceBack(path, 0, path.length()))))
                .toList();
        if (paths.contains("")) {
            throw new EvaluationProblem(instruction.range(), "a volume has no path", "Write VOLUME /path.");
        }
        paths.forEach(config::volume);
        traced(instruction, String.join(" ", paths), expansion);
        steps.add(new VolumeStep(instruction, paths));
    }

    private void applyStopSignal(Instruction instruction, Expansion expansion) {
        String signal = single(instruction, expansion);
        if (!ValueForms.isSignal(signal)) {
            throw new EvaluationProblem(
                    instruction.arguments().get(0).range(),
                    "'" + signal + "' is not a signal",
                    "Write a name such as SIGTERM, or a number.");
        }
        config.stopSignal(traced(instruction, signal, expansion));
    }

    private static List<String> atLeastOne(Instruction instruction, Expansion expansion) {
        if (instruction.arguments().isEmpty()) {
            throw missing(instruction);
        }
        return expansion.arguments();
    }

    private static String single(Instruction instruction, Expansion expansion) {
        return SourceBytes.readable(atLeastOne(instruction, expansion).get(0));
    }

    private static String text(Instruction instruction) {
        if (instruction.arguments().isEmpty()) {
            throw missing(instruction);
        }
        return texts(instruction).get(0);
    }

    private static List<String> texts(Instruction instruction) {
        return instruction.arguments().stream()
                .map(argument -> SourceBytes.readable(argument.text()))
                .toList();
    }

    static EvaluationProblem missing(Instruction instruction) {
        return new EvaluationProblem(
                instruction.range(),
                instruction.keyword() + " has no argument",
                "Give it one, or remove the instruction.");
    }

    private String traced(Instruction instruction, String value, Expansion expansion) {
        trace(instruction.keyword(), "", value, instruction, expansion);
        return value;
    }

    private void trace(String field, String key, String value, @Nullable Instruction instruction, Expansion expansion) {
        context.trace().add(new TraceEntry(field, key, value, instruction, expansion.used()));
    }
}
