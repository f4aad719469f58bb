package io.sealos.kubefile;

import io.sealos.kubefile.internal.words.ValueForms;
import java.util.List;
import java.util.Locale;

/** Checks SHELL, HEALTHCHECK and ONBUILD as buildah does, and drops them, because an OCI image cannot hold them. */
final class IgnoredInstructions {
    private static final List<String> DURATIONS = List.of("interval", "timeout", "start-period");

    private final Problems warnings;

    IgnoredInstructions(Problems warnings) {
        this.warnings = warnings;
    }

    void check(Instruction instruction) {
        if (instruction.arguments().isEmpty()) {
            throw StageEvaluator.missing(instruction);
        }
        switch (instruction.keyword()) {
            case "SHELL" -> checkShell(instruction);
            case "HEALTHCHECK" -> checkHealth(instruction);
            case "ONBUILD" -> checkTrigger(instruction);
            default ->
                throw new EvaluationProblem(instruction.range(), "unknown instruction: " + instruction.keyword(), null);
        }
        warnings.add(
                instruction.range(),
                instruction.keyword() + " has no effect: an OCI image has no place for it",
                "Remove it.");
    }

    private static void checkShell(Instruction instruction) {
        if (!instruction.isJson()) {
            throw new EvaluationProblem(
                    instruction.range(), "SHELL takes a JSON array", "Write SHELL [\"/bin/bash\", \"-c\"].");
        }
    }

    private static void checkTrigger(Instruction instruction) {
        String trigger = ((OnbuildInstruction) instruction)
                .trigger()
                .map(Instruction::keyword)
                .orElse("");
        if (trigger.equals("ONBUILD") || trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
            throw new EvaluationProblem(
                    instruction.range(),
                    "ONBUILD cannot put off " + trigger,
                    "Remove it: an OCI image has no place for ONBUILD.");
        }
    }

    private static void checkHealth(Instruction instruction) {
        Argument type = instruction.arguments().get(0);
        int commands = instruction.arguments().size() - 1;
        switch (type.text().toUpperCase(Locale.ROOT)) {
            case "NONE" -> require(commands == 0, type, "HEALTHCHECK NONE takes no arguments");
            case "CMD" -> {
                instruction.flags().forEach(IgnoredInstructions::checkHealthFlag);
                require(commands > 0, type, "HEALTHCHECK CMD has no command");
            }
            default -> require(false, type, "HEALTHCHECK takes CMD or NONE, not " + type);
        }
    }

    private static void require(boolean condition, Argument culprit, String message) {
        if (!condition) {
            throw new EvaluationProblem(
                    culprit.range(), message, "Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.");
        }
    }

    private static void checkHealthFlag(Flag flag) {
        String value = flag.value().orElse(null);
        boolean duration = DURATIONS.contains(flag.name());
        if (value == null || (!duration && !flag.name().equals("retries"))) {
            throw new EvaluationProblem(
                    flag.range(),
                    "HEALTHCHECK does not know the flag " + flag,
                    "It knows --interval=, --timeout=, --start-period= and --retries=.");
        }
        if (!value.isEmpty()
                && !(duration ? ValueForms.isPositiveDuration(value) : ValueForms.isPositiveNumber(value))) {
            throw new EvaluationProblem(
                    flag.range(),
                    flag + (duration ? " is not a positive duration" : " is not a positive number"),
                    duration ? "Write it as 30s or 1m30s." : "Write it as --retries=3.");
        }
    }
}
