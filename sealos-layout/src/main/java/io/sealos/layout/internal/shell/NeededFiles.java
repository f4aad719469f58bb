package io.sealos.layout.internal.shell;

import io.sealos.layout.internal.shell.ShellLine.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that shell commands cannot do without, by relative path. It would rather miss one than name a wrong one:
 * what a command may have made itself is left out, and behind {@code cd} or a download nothing is known any more.
 */
public final class NeededFiles {
    /** A file that is needed: its path, the 1-based line, and whether the shell runs it as a script. */
    public record Need(String path, int line, boolean script) {}

    private static final Set<String> PREFIXES = Set.of(
            "sudo", "exec", "nohup", "time", "env", "command", "!", "if", "then", "else", "elif", "do", "while",
            "until", "{");
    private static final Set<String> SHELLS = Set.of("bash", "sh", "/bin/bash", "/bin/sh", "source", ".");
    private static final Set<String> UNKNOWN_AFTERWARDS =
            Set.of("cd", "pushd", "wget", "curl", "git", "tar", "unzip", "gunzip", "make", "eval", "sealos", "rsync");
    private static final Set<String> MAKING = Set.of("mkdir", "touch", "tee", "[", "[[", "test", "ln", "rm");
    private static final Set<String> READING = Set.of("cp", "mv", "install", "cat", "chmod", "tar");
    private static final Set<String> FILE_FLAGS = Set.of("-f", "--filename", "-k", "--kustomize", "--values");
    private static final Pattern STANDARD_FOLDER =
            Pattern.compile("(\\./)?(opt|charts|manifests|scripts|etc|images)/.+");
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

    private final List<Need> needs = new ArrayList<>();
    private final Set<String> made = new HashSet<>();
    private boolean lost;
    private int line;

    private NeededFiles() {}

    /** The needs of a text, in their order: a command or a whole script. */
    public static List<Need> of(String text) {
        NeededFiles files = new NeededFiles();
        files.read(text);
        return files.needs;
    }

    private void read(String text) {
        String heredoc = "";
        StringBuilder joined = new StringBuilder();
        for (String one : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (!heredoc.isEmpty()) {
                heredoc = one.strip().equals(heredoc) ? "" : heredoc;
                continue;
            }
            joined.append(one);
            if (one.endsWith("\\")) {
                joined.setCharAt(joined.length() - 1, ' ');
                continue;
            }
            ShellLine.split(joined.toString()).forEach(this::command);
            Matcher begin = HEREDOC.matcher(joined);
            heredoc = begin.find() ? begin.group(1) : "";
            joined.setLength(0);
        }
    }

    private void command(List<Word> all) {
        all.stream().filter(Word::output).forEach(word -> made.add(plain(word.text())));
        List<Word> words = all.stream()
                .filter(word -> !word.output())
                .dropWhile(word -> PREFIXES.contains(word.text())
                        || ASSIGNMENT.matcher(word.text()).matches())
                .toList();
        if (words.isEmpty() || lost) {
            return;
        }
        String program = words.get(0).text();
        List<Word> arguments = words.subList(1, words.size());
        if (SHELLS.contains(program)) {
            script(arguments);
        } else if (program.equals("kubectl") || program.equals("helm")) {
            flags(arguments, program.equals("helm"));
        } else if (READING.contains(program)) {
            sources(program, arguments);
        } else if (program.indexOf('/') > 0) {
            need(words.get(0), true);
        }
        if (MAKING.contains(program)) {
            arguments.forEach(word -> made.add(plain(word.text())));
        }
        boolean fetches = program.equals("helm")
                && arguments.stream().anyMatch(it -> it.text().matches("pull|fetch|create"));
        lost |= fetches || UNKNOWN_AFTERWARDS.contains(program);
    }

    private void script(List<Word> arguments) {
        List<Word> rest = arguments.stream()
                .dropWhile(word -> word.text().matches("-[exuv]+"))
                .toList();
        if (!rest.isEmpty() && !rest.get(0).text().startsWith("-")) {
            need(rest.get(0), true);
        }
    }

    private void flags(List<Word> arguments, boolean helm) {
        boolean installs =
                arguments.stream().anyMatch(word -> word.text().matches("apply|create|replace|install|upgrade"));
        for (int at = 0; installs && at < arguments.size(); at++) {
            String text = arguments.get(at).text();
            boolean flag = at > 0 && FILE_FLAGS.contains(arguments.get(at - 1).text());
            boolean chart = helm && STANDARD_FOLDER.matcher(text).matches();
            if ((flag || chart) && !text.contains("=")) {
                need(arguments.get(at), false);
            }
        }
    }

    private void sources(String program, List<Word> arguments) {
        List<Word> paths =
                arguments.stream().filter(word -> !word.text().startsWith("-")).toList();
        boolean copies = program.equals("cp") || program.equals("mv") || program.equals("install");
        List<Word> sources = copies && !paths.isEmpty() ? paths.subList(0, paths.size() - 1) : paths;
        sources.stream()
                .filter(word -> STANDARD_FOLDER.matcher(word.text()).matches())
                .forEach(word -> need(word, false));
        if (copies && !paths.isEmpty()) {
            made.add(plain(paths.get(paths.size() - 1).text()));
        }
    }

    private void need(Word word, boolean script) {
        String path = plain(word.text());
        boolean relative = word.known() && !path.isEmpty() && !path.startsWith("/") && !path.startsWith("-");
        boolean plain = !path.contains("..") && !path.contains("://") && !path.contains(",");
        boolean ownWork =
                made.stream().anyMatch(it -> path.equals(it) || path.startsWith(it + "/") || it.startsWith(path + "/"));
        if (relative && plain && !ownWork) {
            needs.add(new Need(path, line, script));
        }
    }

    private static String plain(String path) {
        String plain = path;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
