package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Interprets {@code curl} and {@code wget}. The content that they download is not known, but its address and its file
 * are.
 */
final class Download {
    private static final Set<String> CURL_OPTIONS = Set.of(
            "-o",
            "--output",
            "-H",
            "--header",
            "-u",
            "--user",
            "-X",
            "--request",
            "-d",
            "--data",
            "-m",
            "--max-time",
            "-x",
            "--proxy",
            "-A",
            "--user-agent",
            "-e",
            "--referer",
            "-b",
            "--cookie",
            "-F",
            "--form",
            "--retry",
            "--retry-delay",
            "--connect-timeout",
            "--cacert",
            "--cert",
            "--key",
            "-w",
            "--write-out",
            "-T",
            "-E",
            "-r",
            "--output-dir");
    private static final Set<String> WGET_OPTIONS = Set.of(
            "-O",
            "--output-document",
            "-P",
            "--directory-prefix",
            "-T",
            "--timeout",
            "-t",
            "--tries",
            "-o",
            "-a",
            "--header",
            "--user",
            "--password",
            "-U");

    private final String program;
    private final List<String> addresses = new ArrayList<>();
    private String target = "";
    private String directory = ".";

    private Download(Command command) {
        this.program = command.name();
        read(command.arguments());
    }

    /**
     * Writes the files.
     *
     * @return the text that is printed
     */
    static String run(Command command, ShellState state, Unknowns unknowns) {
        Download download = new Download(command);
        return download.write(state, unknowns);
    }

    private void read(List<String> arguments) {
        Set<String> options = program.equals("wget") ? WGET_OPTIONS : CURL_OPTIONS;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            boolean apart = options.contains(word) && i + 1 < arguments.size();
            if (word.startsWith("-") && word.length() > 1) {
                int equals = word.indexOf('=');
                String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
                option(name, apart ? arguments.get(++i) : equals > 0 ? word.substring(equals + 1) : next(arguments, i));
            } else {
                addresses.add(word);
            }
        }
    }

    private static String next(List<String> arguments, int at) {
        return at + 1 < arguments.size() ? arguments.get(at + 1) : "";
    }

    private void option(String name, String value) {
        boolean wget = program.equals("wget");
        boolean joined = name.matches("-[a-zA-Z]+");
        if (wget && name.matches("-[a-zA-Z]*O-")) {
            target = "-";
        }
        if (name.equals(wget ? "--output-document" : "--output") || (joined && name.endsWith(wget ? "O" : "o"))) {
            target = value;
            addresses.remove(value);
        } else if (name.equals("--remote-name") || (!wget && joined && name.contains("O"))) {
            target = "/";
        } else if (name.equals("-P") || name.equals("--directory-prefix") || name.equals("--output-dir")) {
            directory = value;
        }
    }

    private String write(ShellState state, Unknowns unknowns) {
        String address =
                addresses.stream().filter(it -> !it.equals(target)).findFirst().orElse(program + " with no address");
        String mark = unknowns.mark(Unknown.address(program, Unknowns.without(address)));
        boolean prints = target.equals("-") || (target.isEmpty() && !program.equals("wget"));
        if (prints) {
            return mark;
        }
        boolean named = !target.isEmpty() && !target.equals("/");
        String name = named ? target : ImagePath.name(withoutQuery(address));
        String path = ImagePath.resolve(ImagePath.resolve(state.directory, directory), name);
        if (!path.startsWith("/dev/") && !Unknowns.in(path)) {
            state.write(path, mark, "");
        }
        return "";
    }

    private static String withoutQuery(String address) {
        int end = 0;
        while (end < address.length() && "?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        return address.substring(0, end);
    }
}
