package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellState;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.internal.text.GlobPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Interprets {@code find} with tests of name, type and depth. */
final class FindCommand {
    private static final int MOST = 1000;
    /** The cost of examining one file, in names of a list. */
    private static final int COST = 10;

    private final ShellState state;
    private final List<String> roots = new ArrayList<>();
    private final List<GlobPattern> names = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private String type = "";
    private int least;
    private int deepest = 20;

    private FindCommand(ShellState state) {
        this.state = state;
    }

    /** {@return the lines that it prints; empty if it has tests that are not supported} */
    static Optional<String> run(List<String> arguments, ShellState state) {
        FindCommand find = new FindCommand(state);
        if (arguments.stream().anyMatch(Unknowns::in) || !find.parse(arguments)) {
            return Optional.empty();
        }
        for (String root : find.roots) {
            if (state.files.exists(ImagePath.resolve(state.directory, root))) {
                find.walk(root, 0);
            }
        }
        StringBuilder lines = new StringBuilder();
        find.found.forEach(it -> lines.append(it).append('\n'));
        return find.found.size() >= MOST ? Optional.empty() : Optional.of(lines.toString());
    }

    private boolean parse(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && !arguments.get(at).startsWith("-")) {
            roots.add(arguments.get(at++));
        }
        if (roots.isEmpty()) {
            roots.add(".");
        }
        while (at < arguments.size()) {
            String test = arguments.get(at);
            String value = at + 1 < arguments.size() ? arguments.get(at + 1) : "";
            boolean prints = test.equals("-print") || test.equals("-print0");
            if (!prints && !parse(test, value)) {
                return false;
            }
            at += prints ? 1 : 2;
        }
        return true;
    }

    private boolean parse(String test, String value) {
        switch (test) {
            case "-name" -> names.add(GlobPattern.ofShell(value));
            case "-type" -> type = value;
            case "-maxdepth" -> deepest = number(value);
            case "-mindepth" -> least = number(value);
            default -> {
                return false;
            }
        }
        return deepest >= 0 && least >= 0 && type.matches("|f|d");
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    private void walk(String path, int depth) {
        state.work.looked(COST);
        String whole = ImagePath.resolve(state.directory, path);
        boolean directory = state.files.isDirectory(whole);
        String name = path.equals(".") ? "." : ImagePath.name(path);
        boolean fits = names.stream().allMatch(it -> it.matches(name))
                && (type.isEmpty() || directory == type.equals("d"))
                && depth >= least;
        if (fits && found.size() < MOST) {
            found.add(path);
        }
        if (directory && depth < deepest && found.size() < MOST && !state.work.isSpent()) {
            for (String inner : state.files.names(whole)) {
                walk(path.endsWith("/") ? path + inner : path + "/" + inner, depth + 1);
            }
        }
    }
}
