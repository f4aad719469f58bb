package io.sealos.images.internal.install;

import io.sealos.images.CommandNeed;
import io.sealos.images.internal.shell.command.Programs;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Collects the files that commands require. It prefers missing a file to reporting a wrong one: files that a command
 * may have created itself or tests for are omitted, and after a download no more files are collected.
 */
final class NeededFiles {
    private static final Set<String> SOURCING = Set.of("source", ".");
    private static final Set<String> READING = Set.of("cp", "mv", "install", "cat", "chmod", "tar");
    private static final Set<String> COPYING = Set.of("cp", "mv", "install", "ln");
    private static final Set<String> MAKING = Set.of("mkdir", "touch", "tee", "rm", "[", "test");
    private static final Set<String> INSTALLING = Set.of("install", "upgrade", "template");
    private static final Pattern STANDARD_DIRECTORY = Pattern.compile("/(opt|charts|manifests|scripts|etc|images)/.+");
    private static final String NOT_PLAIN = "*?[{~,$`";
    /** The suffixes of templates. Sealos renders templates to names without them before a command runs. */
    private static final List<String> TEMPLATE_ENDINGS = List.of("", ".tmpl", ".tpl");

    private final Function<String, String> shown;
    private final Function<String, Optional<String>> inContext;
    private final Map<List<Object>, CommandNeed> needs = new LinkedHashMap<>();
    private final Set<String> made = new HashSet<>();
    private boolean lost;

    NeededFiles(Function<String, String> shown, Function<String, Optional<String>> inContext) {
        this.shown = shown;
        this.inContext = inContext;
    }

    List<CommandNeed> all() {
        return List.copyOf(needs.values());
    }

    void add(ProgramRun run) {
        String program = ImagePath.resolve("/", run.words().get(0));
        String name = program.substring(program.lastIndexOf('/') + 1);
        List<String> arguments = run.words().subList(1, run.words().size());
        if (!lost && (run.directory().equals("/") || run.files().exists(run.directory()))) {
            needed(name, run.words().get(0), arguments, run).forEach(word -> need(word, run));
        }
        remember(name, arguments, run);
    }

    private List<String> needed(String name, String program, List<String> arguments, ProgramRun run) {
        if (name.equals("helm") || name.equals("helm3")) {
            return ofHelm(CommandLine.parse(Grammars.HELM, arguments));
        }
        if (!run.isComplete()) {
            return List.of();
        }
        if (Programs.isShell(name) || SOURCING.contains(name)) {
            return script(arguments);
        }
        if (name.equals("cd") || name.equals("pushd")) {
            return arguments.stream().limit(1).toList();
        }
        if (name.equals("kubectl")) {
            return arguments.contains("cp")
                    ? sources("cp", arguments, run)
                    : ofKubectl(CommandLine.parse(Grammars.KUBECTL, arguments));
        }
        if (READING.contains(name)) {
            return sources(name, arguments, run);
        }
        return program.indexOf('/') > 0 ? List.of(program) : List.of();
    }

    private static List<String> script(List<String> arguments) {
        List<String> rest =
                arguments.stream().dropWhile(it -> it.matches("-[exuvl]+")).toList();
        return rest.stream().limit(1).toList();
    }

    private static List<String> ofKubectl(CommandLine arguments) {
        List<String> files = new ArrayList<>();
        if (KubectlCall.isApplying(arguments)) {
            arguments.all("filename").forEach(it -> files.addAll(new CommaList(it, "").parts()));
            files.addAll(arguments.all("kustomize"));
        }
        return files;
    }

    private static List<String> ofHelm(CommandLine arguments) {
        List<String> operands = arguments.operands().stream()
                .filter(it -> !Unknowns.without(it).isEmpty())
                .toList();
        if (operands.size() < 2 || !INSTALLING.contains(operands.get(0))) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        files.add(arguments.last("repo", operands.get(Math.min(operands.size(), 3) - 1)));
        arguments.options().stream()
                .filter(it -> it.name().equals("values"))
                .forEach(it -> files.addAll(new CommaList(it.argument(), "").parts()));
        return files;
    }

    private static List<String> sources(String name, List<String> arguments, ProgramRun run) {
        List<String> operands =
                arguments.stream().filter(it -> !it.startsWith("-")).toList();
        boolean copies = COPYING.contains(name) && !operands.isEmpty();
        return operands.subList(0, operands.size() - (copies ? 1 : 0)).stream()
                .filter(it -> it.indexOf(':') < 0
                        && STANDARD_DIRECTORY
                                .matcher(ImagePath.resolve(run.directory(), it))
                                .matches())
                .toList();
    }

    private void need(String word, ProgramRun run) {
        String file = shown.apply(run.source());
        String path = ImagePath.resolve(run.directory(), word);
        boolean plain = !word.isEmpty()
                && "-/".indexOf(word.charAt(0)) < 0
                && !Unknowns.in(word)
                && word.chars().allMatch(c -> NOT_PLAIN.indexOf(c) < 0);
        if (plain && word.contains("://")) {
            put(CommandNeed.ofAddress(file, run.line(), word), word);
        } else if (plain && !leadsOut(word, run.directory()) && !isOwnWork(path, run)) {
            put(need(file, word, path, run), path);
        }
    }

    /** Adds a need. A file that exists on one of several paths counts as existing. */
    private void put(CommandNeed need, String name) {
        needs.merge(List.of(need.file(), need.line(), name), need, (old, other) -> other.isThere() ? other : old);
    }

    private CommandNeed need(String file, String word, String path, ProgramRun run) {
        String relative = path.substring(1);
        for (String ending : TEMPLATE_ENDINGS) {
            String whole = run.files().original(path + ending);
            if (run.files().exists(whole)) {
                return CommandNeed.ofFile(file, run.line(), word, relative, inContext.apply(whole));
            }
        }
        return CommandNeed.ofMissingFile(file, run.line(), word, relative);
    }

    private static boolean leadsOut(String word, String directory) {
        int depth = directory.equals("/")
                ? 0
                : (int) directory.chars().filter(c -> c == '/').count();
        for (String name : word.split("/", -1)) {
            depth += name.equals("..") ? -1 : name.isEmpty() || name.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isOwnWork(String path, ProgramRun run) {
        return path.equals("/")
                || run.files().isWritten(path)
                || made.stream().anyMatch(it -> ImagePath.isBelow(path, it) || ImagePath.isBelow(it, path));
    }

    private void remember(String name, List<String> arguments, ProgramRun run) {
        List<String> operands = arguments.stream()
                .flatMap(it -> Collections.list(new StringTokenizer(it, " \t\n\u000b\f\r\"'")).stream())
                .map(String::valueOf)
                .filter(it -> !it.startsWith("-"))
                .toList();
        if (MAKING.contains(name)) {
            operands.forEach(it -> made(it, run));
        } else if (COPYING.contains(name) && !operands.isEmpty()) {
            made(operands.get(operands.size() - 1), run);
        }
        lost |= Programs.fetches(name, arguments);
    }

    private void made(String word, ProgramRun run) {
        String path = ImagePath.resolve(run.directory(), word);
        if (!path.equals("/")) {
            made.add(path);
        }
    }
}
