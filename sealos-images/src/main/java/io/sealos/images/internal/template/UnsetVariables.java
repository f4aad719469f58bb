package io.sealos.images.internal.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the variables that a template prints and nothing sets. They are replaced with marks, by which the affected
 * images are recognized. Conditions, loops and expressions that do not need a value are not changed.
 */
public final class UnsetVariables {
    private static final String MARK = "znotset";
    private static final Pattern MARKED = Pattern.compile(MARK + "([0-9]{1,6})z");
    /** A use of a local variable, or of an environment variable, without further fields. */
    private static final Pattern USE = Pattern.compile("(?<![\\w.$)\\]])(?:\\$([A-Za-z_][A-Za-z0-9_]{0,200})"
            + "|(\\$?)\\.([A-Za-z_][A-Za-z0-9_]{0,200}))(?![\\w.])");

    private static final Pattern ASSIGNMENT = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]{0,200})\\s{0,100}:?=");
    private static final Pattern ALIAS =
            Pattern.compile("-?\\s{0,100}\\$([A-Za-z_][A-Za-z0-9_]{0,200})\\s{0,100}:=\\s{0,100}"
                    + "\\$?\\.([A-Za-z_][A-Za-z0-9_]{0,200})\\s{0,100}-?");
    private static final Pattern OPTIONAL = Pattern.compile(
            "\\b(?:default|coalesce|or|and|not|eq|ne|ternary|empty|hasKey|get|dig|kindIs|typeOf|all|any)\\b");
    private static final Set<String> KEYWORDS =
            Set.of("if", "else", "end", "with", "range", "define", "block", "template", "break", "continue");

    private final Set<String> set;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> marks = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final List<ManifestAction> actions;
    private final String marked;

    /**
     * Reads a template.
     *
     * @param set the names of the variables that have values
     */
    public UnsetVariables(String template, Set<String> set) {
        this.set = set;
        this.actions = ManifestAction.of(template);
        findAliases();
        this.marked = mark(template);
    }

    /** {@return the template with marks} */
    public String marked() {
        return marked;
    }

    /** {@return the names of the variables that the template prints and nothing sets} */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** {@return the variable whose mark is in a text; empty if there is none} */
    public Optional<String> in(String text) {
        Matcher mark = MARKED.matcher(text);
        int index = mark.find() ? Integer.parseInt(mark.group(1)) : names.size();
        return index < names.size() ? Optional.of(names.get(index)) : Optional.empty();
    }

    /** Finds local names that are assigned to a variable once. */
    private void findAliases() {
        Map<String, Integer> assignments = new HashMap<>();
        for (ManifestAction action : actions) {
            Matcher assignment = ASSIGNMENT.matcher(action.unquoted());
            while (assignment.find()) {
                assignments.merge(assignment.group(1), 1, Integer::sum);
            }
            Matcher alias = ALIAS.matcher(action.text());
            if (alias.matches() && !set.contains(alias.group(2))) {
                aliases.put(alias.group(1), alias.group(2));
            }
        }
        aliases.keySet().removeIf(it -> assignments.getOrDefault(it, 0) != 1);
    }

    private String mark(String template) {
        StringBuilder text = new StringBuilder();
        Deque<Boolean> moved = new ArrayDeque<>();
        int at = 0;
        for (ManifestAction action : actions) {
            boolean elsewhere = isMoved(moved);
            String plain = action.unquoted();
            boolean prints = !KEYWORDS.contains(action.keyword())
                    && !ASSIGNMENT.matcher(plain).find()
                    && !OPTIONAL.matcher(plain).find();
            text.append(template, at, action.start()).append(prints ? mark(action, elsewhere) : action.text());
            at = action.end();
            follow(action, moved);
        }
        return text.append(template.substring(at)).toString();
    }

    /** {@return whether the dot stands for something other than the environment in the innermost block} */
    private static boolean isMoved(Deque<Boolean> moved) {
        return Boolean.TRUE.equals(moved.peek());
    }

    /** Records for each block whether the dot stands for something else in it or in a surrounding block. */
    private static void follow(ManifestAction action, Deque<Boolean> moved) {
        switch (action.keyword()) {
            case "if", "define", "block" -> moved.push(isMoved(moved));
            case "with", "range" -> moved.push(true);
            case "else" -> {
                if (!moved.isEmpty()) {
                    moved.pop();
                    moved.push(isMoved(moved) || action.unquoted().contains("with"));
                }
            }
            case "end" -> moved.poll();
            default -> {}
        }
    }

    private String mark(ManifestAction action, boolean elsewhere) {
        StringBuilder text = new StringBuilder();
        Matcher use = USE.matcher(action.unquoted());
        int at = 0;
        while (use.find()) {
            String local = use.group(1);
            String name = local != null ? aliases.get(local) : set.contains(use.group(3)) ? null : use.group(3);
            boolean ours = local != null || use.group(2).equals("$") || !elsewhere;
            if (name != null && ours) {
                text.append(action.text(), at, use.start()).append(quotedMark(name));
                at = use.end();
            }
        }
        return text.append(action.text().substring(at)).toString();
    }

    private String quotedMark(String name) {
        int mark = marks.computeIfAbsent(name, it -> {
            names.add(it);
            return names.size() - 1;
        });
        return '"' + MARK + mark + "z\"";
    }
}
