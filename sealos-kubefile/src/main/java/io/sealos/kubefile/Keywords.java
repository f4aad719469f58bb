package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceBytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keywords that buildah knows. Reports unknown keywords, with a known one if they look like it. */
final class Keywords {
    private static final List<String> KNOWN = List.of(
            "FROM",
            "ARG",
            "ENV",
            "LABEL",
            "COPY",
            "ADD",
            "CMD",
            "ENTRYPOINT",
            "USER",
            "WORKDIR",
            "EXPOSE",
            "VOLUME",
            "RUN",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ONBUILD",
            "SHELL",
            "MAINTAINER");
    private static final List<String> SEALER = List.of("APP", "APPCMDS", "LAUNCH", "CMDS", "CNI", "CSI", "KUBEVERSION");

    private Keywords() {}

    /** {@return the keyword in upper case; for a known keyword, always the same string object} */
    static String canonical(String written) {
        String upper = written.toUpperCase(Locale.ROOT);
        int known = KNOWN.indexOf(upper);
        return known < 0 ? upper : KNOWN.get(known);
    }

    static boolean isKnown(String keyword) {
        return KNOWN.contains(keyword);
    }

    static Instruction instruction(InstructionParts parts) {
        return switch (parts.keyword()) {
            case "FROM" -> new FromInstruction(parts);
            case "ARG" -> new ArgInstruction(parts);
            case "ENV" -> new EnvInstruction(parts);
            case "LABEL" -> new LabelInstruction(parts);
            case "COPY" -> new CopyInstruction(parts);
            case "ADD" -> new AddInstruction(parts);
            case "CMD" -> new CmdInstruction(parts);
            case "ENTRYPOINT" -> new EntrypointInstruction(parts);
            case "USER" -> new UserInstruction(parts);
            case "WORKDIR" -> new WorkdirInstruction(parts);
            case "EXPOSE" -> new ExposeInstruction(parts);
            case "VOLUME" -> new VolumeInstruction(parts);
            case "RUN" -> new RunInstruction(parts);
            case "STOPSIGNAL" -> new StopsignalInstruction(parts);
            case "HEALTHCHECK" -> new HealthcheckInstruction(parts);
            case "ONBUILD" -> new OnbuildInstruction(parts);
            case "SHELL" -> new ShellInstruction(parts);
            case "MAINTAINER" -> new MaintainerInstruction(parts);
            default -> new UnknownInstruction(parts);
        };
    }

    static void report(Argument written, Problems problems) {
        if (problems.areTooMany()) {
            problems.addLeftOut();
            return;
        }
        String upper = written.text().toUpperCase(Locale.ROOT);
        if (SEALER.contains(upper)) {
            problems.add(
                    written.range(),
                    upper + " is an instruction of sealer, sealos does not know it",
                    "Use COPY to bring files and CMD to run commands.");
            return;
        }
        problems.add(
                written.range(),
                "unknown instruction: " + SourceBytes.readable(written.text()),
                similar(upper)
                        .map(known -> "Did you mean " + known + "?")
                        .orElse("Correct the word, or put # before the line."));
    }

    private static Optional<String> similar(String upper) {
        String word = upper.endsWith(":") ? upper.substring(0, upper.length() - 1) : upper;
        return KNOWN.stream().filter(known -> isSimilar(word, known)).findFirst();
    }

    // One letter is added, missing or wrong, or two letters are swapped.
    private static boolean isSimilar(String word, String known) {
        if (Math.abs(word.length() - known.length()) > 1) {
            return false;
        }
        int start = 0;
        while (start < word.length() && start < known.length() && word.charAt(start) == known.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < word.length() - start
                && end < known.length() - start
                && word.charAt(word.length() - 1 - end) == known.charAt(known.length() - 1 - end)) {
            end++;
        }
        String middle = word.substring(start, word.length() - end);
        String wanted = known.substring(start, known.length() - end);
        boolean oneLetter = middle.length() <= 1 && wanted.length() <= 1;
        return oneLetter || isSwapped(middle, wanted);
    }

    private static boolean isSwapped(String one, String other) {
        return one.length() == 2 && new StringBuilder(one).reverse().toString().equals(other);
    }
}
