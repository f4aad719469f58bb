package io.sealos.images.internal.shell.expand;

import io.sealos.images.internal.shell.syntax.Word;
import io.sealos.images.internal.shell.syntax.Word.Literal;
import io.sealos.images.internal.shell.syntax.Word.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands braces such as {@code a{b,c}d} and {@code {1..3}} to several words, as bash does before all other expansions.
 */
final class BraceExpansion {
    private static final int MOST = 1000;
    private static final int LONGEST = 2000;
    private static final int MAX_DEPTH = 20;
    private static final Pattern RANGE =
            Pattern.compile("(-?[0-9]{1,6})\\.\\.(-?[0-9]{1,6})|([a-zA-Z])\\.\\.([a-zA-Z])");

    private BraceExpansion() {}

    /** {@return the words; only the word itself if it has no braces to expand} */
    static List<Word> of(Word word) {
        boolean braces = word.parts().stream()
                .anyMatch(it -> isPlain(it) && ((Literal) it).text().indexOf('{') >= 0);
        List<Part> characters = braces ? characters(word) : List.of();
        return braces && characters.size() <= LONGEST ? expand(characters, 0) : List.of(word);
    }

    private static boolean isPlain(Part part) {
        return part instanceof Literal literal && !literal.quoted();
    }

    /** {@return the parts of a word, in which unquoted text is split into characters} */
    private static List<Part> characters(Word word) {
        List<Part> parts = new ArrayList<>();
        for (Part part : word.parts()) {
            if (isPlain(part)) {
                ((Literal) part).text().chars().forEach(c -> parts.add(new Literal(String.valueOf((char) c), false)));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    private static List<Word> expand(List<Part> parts, int depth) {
        for (int open = 0; open < parts.size() && depth < MAX_DEPTH; open++) {
            int close = is(parts.get(open), '{') ? close(parts, open) : -1;
            List<List<Part>> choices = close < 0 ? List.of() : choices(parts.subList(open + 1, close));
            if (!choices.isEmpty()) {
                return combine(parts.subList(0, open), choices, parts.subList(close + 1, parts.size()), depth);
            }
        }
        return List.of(new Word(joined(parts)));
    }

    private static List<Word> combine(List<Part> before, List<List<Part>> choices, List<Part> after, int depth) {
        List<Word> words = new ArrayList<>();
        for (List<Part> choice : choices) {
            List<Part> whole = new ArrayList<>(before);
            whole.addAll(choice);
            whole.addAll(after);
            if (words.size() < MOST) {
                words.addAll(expand(whole, depth + 1));
            }
        }
        return words.subList(0, Math.min(MOST, words.size()));
    }

    private static boolean is(Part part, char c) {
        return isPlain(part) && ((Literal) part).text().equals(String.valueOf(c));
    }

    private static int close(List<Part> parts, int open) {
        int depth = 0;
        for (int i = open; i < parts.size(); i++) {
            depth += is(parts.get(i), '{') ? 1 : is(parts.get(i), '}') ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the alternatives in the braces; empty if the braces are literal text} */
    private static List<List<Part>> choices(List<Part> inner) {
        List<List<Part>> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.size(); i++) {
            depth += is(inner.get(i), '{') ? 1 : is(inner.get(i), '}') ? -1 : 0;
            if (depth == 0 && is(inner.get(i), ',')) {
                choices.add(inner.subList(start, i));
                start = i + 1;
            }
        }
        if (choices.isEmpty()) {
            return range(inner);
        }
        choices.add(inner.subList(start, inner.size()));
        return choices;
    }

    private static List<List<Part>> range(List<Part> inner) {
        Matcher range = RANGE.matcher(inner.stream().allMatch(BraceExpansion::isPlain) ? text(inner) : "");
        if (!range.matches()) {
            return List.of();
        }
        boolean letters = range.group(1) == null;
        int first = letters ? range.group(3).charAt(0) : Integer.parseInt(range.group(1));
        int last = letters ? range.group(4).charAt(0) : Integer.parseInt(range.group(2));
        List<List<Part>> choices = new ArrayList<>();
        int step = first <= last ? 1 : -1;
        for (int i = first; i != last + step && choices.size() < MOST; i += step) {
            String value = letters ? String.valueOf((char) i) : Integer.toString(i);
            choices.add(List.of(new Literal(value, false)));
        }
        return choices;
    }

    private static String text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(it -> text.append(((Literal) it).text()));
        return text.toString();
    }

    /** {@return the parts with adjacent characters joined} */
    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= parts.size(); i++) {
            if (i == parts.size() || !isPlain(parts.get(i))) {
                if (i > start) {
                    joined.add(new Literal(text(parts.subList(start, i)), false));
                }
                if (i < parts.size()) {
                    joined.add(parts.get(i));
                }
                start = i + 1;
            }
        }
        return joined;
    }
}
