package io.sealos.kubefile;

/** A FROM instruction with variables expanded. */
record FromResult(FromInstruction from, String base, Platform platform) {

    static FromResult of(FromInstruction from, Expansion names, Expansion flags, BuildOptions options) {
        requireForm(from);
        String base = names.expand(from.arguments().get(0));
        if (base.isEmpty()) {
            throw new EvaluationProblem(
                    from.arguments().get(0).range(),
                    "FROM names nothing: its variables are empty",
                    "Give the variable a default: ARG BASE=scratch before FROM.");
        }
        return new FromResult(from, base, platform(from, flags, options.platform()));
    }

    private static void requireForm(FromInstruction from) {
        int count = from.arguments().size();
        if (count != 1 && !(count == 3 && from.stageName().isPresent())) {
            throw new EvaluationProblem(
                    from.range(), "FROM takes a base, or a base and a name", "Write FROM base, or FROM base AS name.");
        }
    }

    private static Platform platform(FromInstruction from, Expansion flags, Platform otherwise) {
        Platform platform = otherwise;
        for (Flag flag : from.flags()) {
            String text = flags.expand(flag);
            if (!text.startsWith("--platform=")) {
                throw new EvaluationProblem(
                        flag.range(), "FROM does not know the flag " + flag, "It knows --platform=OS/ARCH.");
            }
            platform = parse(text.substring("--platform=".length()), flag, otherwise);
        }
        return platform;
    }

    private static Platform parse(String text, Flag flag, Platform otherwise) {
        try {
            return text.isEmpty() ? otherwise : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EvaluationProblem(
                    flag.range(), "'" + text + "' is not a platform", "Write os/architecture[/variant].");
        }
    }
}
