package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.Whitespace;
import io.sealos.kubefile.internal.words.Quoting;
import io.sealos.kubefile.internal.words.WordExpander;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the arguments of instructions so that evaluation returns the given values. Refuses names and values that
 * cannot be written.
 *
 * @param place the instruction in messages
 * @param anyEscape whether the escape character may be a backtick
 */
record InstructionText(String place, boolean anyEscape) {
    private static final int LARGEST_PORT = 65535;

    InvalidInstructionException refusal(String problem, String fix) {
        return new InvalidInstructionException(place, problem, fix);
    }

    /** {@return the exception for a problem that parsing or evaluation found} */
    InvalidInstructionException refusal(KubefileProblem problem) {
        return refusal(problem.message(), problem.part().fix());
    }

    /** {@return the exception for a problem whose fix is a sentence} */
    InvalidInstructionException refusalBySentence(String problem, String fix) {
        return refusal(problem, KubefileProblem.phrase(fix));
    }

    /** {@return a quoted value} */
    String value(String value) {
        return anyEscape ? Quoting.valueForAnyEscape(line(value)) : Quoting.value(line(value));
    }

    /** {@return {@code key=value}, both quoted} */
    String pair(String key, String value) {
        return value(name(key)) + "=" + value(value);
    }

    /** {@return the name of a variable or label} */
    String name(String name) {
        requireNotBlank(name, "the name is empty", "give it a name, such as VERSION");
        if (name.indexOf('=') >= 0) {
            throw refusal(
                    "the name '" + name + "' has an equals sign, at which it would end",
                    "put the text after the equals sign into the value");
        }
        return name;
    }

    /** {@return the name of a variable that ENV may set} */
    String variable(String name) {
        for (SealosEnv variable : SealosEnv.values()) {
            if (variable.isSetBySealos() && variable.key().equals(name)) {
                throw refusal(
                        "sealos sets " + name + " itself, and overrides this value",
                        variable == SealosEnv.KUBE_VERSION
                                ? "remove it; its value is the label version of the rootfs"
                                : "remove it, or use another name");
            }
        }
        return name(name);
    }

    /** {@return the base of FROM, whose variables are expanded by the build} */
    String base(String base) {
        requireNotBlank(base, "FROM has no base", "write FROM scratch");
        boolean space = line(base).chars().anyMatch(Whitespace::isSpace);
        if (space || base.startsWith("--") || base.endsWith("\\") || base.endsWith("`")) {
            throw refusal("'" + base + "' is not a base", "write an image, the name of an earlier stage, or scratch");
        }
        return expandable(base);
    }

    /** {@return a word whose variables the build can expand} */
    String expandable(String word) {
        try {
            WordExpander.expand(word, variable -> "x");
            return word;
        } catch (WordExpander.Malformed e) {
            throw refusalBySentence(String.valueOf(e.getMessage()), e.suggestion());
        }
    }

    /** {@return the name of a build argument, which cannot be quoted} */
    String argument(String name) {
        if (!value(name(name)).equals(name)) {
            throw refusal("'" + name + "' is not the name of a build argument", "use letters, digits and _");
        }
        return name;
    }

    /** {@return the paths of COPY or ADD as a JSON array} */
    String paths(String source, String... sourcesAndDestination) {
        return paths(Stream.concat(
                Stream.of(Objects.requireNonNull(source, "source")),
                Stream.of(Objects.requireNonNull(sourcesAndDestination, "sourcesAndDestination"))));
    }

    /** {@return paths as a JSON array, of which variables and escapes are evaluated} */
    private String paths(Stream<String> paths) {
        return Quoting.json(paths.map(this::path).toList());
    }

    private String path(String path) {
        requireNotBlank(path, "a path is empty", "write . for the whole directory");
        return Arrays.stream(text(path).split("\n", -1)).map(Quoting::word).collect(Collectors.joining("\n"));
    }

    /** {@return texts as a JSON array, of which nothing is evaluated} */
    String json(String... texts) {
        return Quoting.json(Arrays.stream(texts).map(this::text).toList());
    }

    /** {@return a program and its arguments as a JSON array} */
    String program(String... program) {
        if (program.length == 0) {
            throw refusal("there is no program", "name one");
        }
        return json(program);
    }

    /** {@return a path that is not in JSON} */
    String word(String path) {
        return Quoting.word(written(path));
    }

    /** {@return ports, separated by spaces} */
    String ports(String... ports) {
        List<String> others = Stream.of(ports)
                .filter(port -> !isPort(port))
                .map(port -> "'" + port + "'")
                .toList();
        if (!others.isEmpty()) {
            throw refusal(
                    String.join(", ", others) + (others.size() == 1 ? " is not a port" : " are not ports"),
                    "write a number from 1 to " + LARGEST_PORT + ", optionally followed by /tcp, /udp or /sctp");
        }
        return String.join(" ", ports);
    }

    private static boolean isPort(String text) {
        String number = text.replaceFirst("/(tcp|udp|sctp)$", "");
        return number.matches("[1-9][0-9]{0,4}") && Integer.parseInt(number) <= LARGEST_PORT;
    }

    /** {@return absolute paths of volumes as a JSON array} */
    String volumes(List<String> volumes) {
        for (String volume : volumes) {
            if (!volume.equals(volume.strip())) {
                throw refusal("the volume '" + volume + "' begins or ends with a space", "remove the space");
            }
        }
        return paths(volumes.stream());
    }

    /** {@return a text of one line, which is not empty} */
    String written(String text) {
        requireNotBlank(text, "there is no text", "write one, or leave the instruction out");
        return line(text);
    }

    void requireNotBlank(String text, String problem, String fix) {
        if (text.isBlank()) {
            throw refusal(problem, fix);
        }
    }

    private String line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw refusal(Quoting.NO_LINE_BREAK, "put the text into a file and COPY it");
        }
        return text(text);
    }

    /** {@return the text} */
    String text(String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw refusal("the text has half of a surrogate pair, which UTF-8 cannot hold", "correct the text");
        }
        return text;
    }
}
