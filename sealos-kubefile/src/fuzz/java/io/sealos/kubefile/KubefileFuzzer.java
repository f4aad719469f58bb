package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceBytes;
import io.sealos.kubefile.internal.words.WordExpander;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Checks properties that hold for every input, with Jazzer. The profile {@code fuzz} runs it. */
public final class KubefileFuzzer {
    private static final String VALUE = "a $b \"c' \\ #";
    private static final BuildOptions OPTIONS = BuildOptions.builder()
            .buildArg("A", "1")
            .env("B", "$A")
            .label("l", "$B")
            .build();

    private KubefileFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        KubefileParseResult result = Kubefile.parseLenient(SourceBytes.decode(input));
        requireSameBytes(result.kubefile(), input);
        result.problems().forEach(KubefileFuzzer::requireCaret);
        evaluate(result.kubefile());
        if (result.problems().isEmpty()) {
            edit(result.kubefile());
        }
    }

    private static void requireSameBytes(Kubefile kubefile, byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        kubefile.writeTo(out);
        require(Arrays.equals(out.toByteArray(), input), "other bytes");
    }

    private static void requireCaret(KubefileProblem problem) {
        require(problem.snippet().endsWith("^"), "no caret");
    }

    private static void evaluate(Kubefile kubefile) {
        try {
            KubefileEvaluation evaluation = kubefile.evaluate(OPTIONS);
            evaluation.refusals().forEach(refusal -> requireCaret(refusal.problem()));
            SealosRuntime.of(evaluation.config()).expandedCommands();
        } catch (KubefileEvaluationException e) {
            require(!e.problems().isEmpty(), "refused without a reason");
        }
    }

    private static void edit(Kubefile kubefile) {
        for (int at = 0; at < kubefile.instructions().size(); at++) {
            for (int pair = 0; pair < pairs(kubefile, at).size(); pair++) {
                setOrRefuse(kubefile, at, pair);
            }
        }
    }

    private static List<KeyValue> pairs(Kubefile kubefile, int at) {
        Instruction instruction = kubefile.instructions().get(at);
        if (instruction instanceof EnvInstruction env) {
            return env.variables();
        }
        return instruction instanceof LabelInstruction label ? label.labels() : List.of();
    }

    private static void setOrRefuse(Kubefile kubefile, int at, int pair) {
        try {
            setValue(kubefile, at, pair);
        } catch (InvalidInstructionException e) {
            String key = pairs(kubefile, at).get(pair).key().text();
            require(key.contains("\"") || key.contains("'"), "refused the key " + key);
        }
    }

    private static void setValue(Kubefile kubefile, int at, int pair) {
        SourceRange range = pairs(kubefile, at).get(pair).value().range();
        Kubefile edited = kubefile.setValue(pairs(kubefile, at).get(pair), VALUE);
        String value = pairs(edited, at).get(pair).value().text();
        require(WordExpander.expand(value, name -> null).equals(VALUE), "value set to " + value);
        String before = kubefile.toSource();
        require(edited.toSource().startsWith(before.substring(0, range.startOffset())), "changed what is before");
        require(edited.toSource().endsWith(before.substring(range.endOffset())), "changed what is after");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
