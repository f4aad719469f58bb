package io.sealos.kubefile;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The flags of COPY and ADD, with variables expanded. */
record CopyFlags(
        @Nullable String from,
        @Nullable String chown,
        @Nullable String chmod) {
    /** The largest number that buildah reads; it ignores the bits above those of a mode. */
    private static final long MAX_MODE = 0xffff_ffffL;

    private static final int MOST_DIGITS = 11;

    static CopyFlags of(Instruction instruction, UnaryOperator<String> expand) {
        CopyFlags flags = new CopyFlags(null, null, null);
        for (Flag flag : instruction.flags()) {
            flags = flags.with(instruction, new Flag(expand.apply(flag.text()), flag.range()));
        }
        return flags;
    }

    private CopyFlags with(Instruction instruction, Flag flag) {
        String value = flag.value().orElse(null);
        boolean copy = instruction instanceof CopyInstruction;
        if (value != null && flag.name().equals("chown")) {
            return new CopyFlags(from, value, chmod);
        }
        if (value != null && flag.name().equals("chmod")) {
            return new CopyFlags(from, chown, octal(value, flag));
        }
        if (value != null && flag.name().equals("from") && copy) {
            return new CopyFlags(value, chown, chmod);
        }
        throw new EvaluationProblem(
                flag.range(),
                instruction.keyword() + " does not know the flag " + flag,
                "It knows " + (copy ? "--from=STAGE, " : "") + "--chown=USER:GROUP and --chmod=OCTAL.");
    }

    /** {@return the number of digits after the leading zeros} */
    private static int withoutZeros(String value) {
        int zeros = 0;
        while (zeros < value.length() && value.charAt(zeros) == '0') {
            zeros++;
        }
        return value.length() - zeros;
    }

    private static String octal(String value, Flag flag) {
        if (!value.matches("[0-7]+") || withoutZeros(value) > MOST_DIGITS || Long.parseLong(value, 8) > MAX_MODE) {
            throw new EvaluationProblem(
                    flag.range(), "--chmod is not an octal mode: " + value, "Write it in octal, such as --chmod=0755.");
        }
        return value;
    }
}
