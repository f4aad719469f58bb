package io.sealos.images.internal.shell.command;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.internal.shell.state.LimitedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code sed} command that has only substitutions.
 *
 * @param scripts the scripts
 * @param files the files to edit
 * @param inPlace whether the files are changed in place
 * @param extended whether the expressions are extended ones
 * @param known whether all options are supported
 */
record SedCommand(List<String> scripts, List<String> files, boolean inPlace, boolean extended, boolean known) {
    private static final int LONGEST = 200_000;
    private static final String SEPARATORS = " ;\n";

    static SedCommand parse(List<String> arguments) {
        List<String> scripts = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        boolean inPlace = false;
        boolean extended = false;
        boolean known = true;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("-e") || word.equals("--expression")) {
                scripts.add(++i < arguments.size() ? arguments.get(i) : "");
            } else if (word.startsWith("-i") || word.startsWith("--in-place")) {
                inPlace = true;
            } else if (word.equals("-E") || word.equals("-r")) {
                extended = true;
            } else if (word.startsWith("-") && word.length() > 1) {
                known = false;
            } else {
                operands.add(word);
            }
        }
        int first = scripts.isEmpty() && !operands.isEmpty() ? 1 : 0;
        scripts.addAll(operands.subList(0, first));
        List<String> files = List.copyOf(operands.subList(first, operands.size()));
        return new SedCommand(List.copyOf(scripts), files, inPlace, extended, known);
    }

    /** {@return the text after the substitutions; null if they are not supported} */
    @Nullable
    String edit(String text) {
        String edited = known && text.length() <= LONGEST ? text : null;
        for (String script : scripts) {
            int at = 0;
            while (edited != null && !script.substring(at).isBlank()) {
                int[] end = {at};
                Substitution substitution = Substitution.read(script, end, extended);
                edited = substitution == null ? null : substitution.apply(edited);
                at = end[0];
            }
        }
        return scripts.isEmpty() ? null : edited;
    }

    private record Substitution(Pattern pattern, String replacement, boolean all) {
        /**
         * Reads a substitution at a position, which is moved after it.
         *
         * @return the substitution; null if it is another command
         */
        static @Nullable Substitution read(String script, int[] place, boolean extended) {
            int start = place[0];
            while (start + 2 < script.length() && SEPARATORS.indexOf(script.charAt(start)) >= 0) {
                start++;
            }
            if (start + 2 >= script.length() || script.charAt(start) != 's') {
                return null;
            }
            char by = script.charAt(start + 1);
            int middle = end(script, start + 2, by);
            int last = end(script, middle + 1, by);
            if (last >= script.length()) {
                return null;
            }
            int end = last + 1;
            while (end < script.length() && SEPARATORS.indexOf(script.charAt(end)) < 0) {
                end++;
            }
            place[0] = end;
            String flags = script.substring(last + 1, end);
            Pattern pattern = pattern(script.substring(start + 2, middle), extended);
            String replacement = replacement(script.substring(middle + 1, last), by);
            return pattern != null && replacement != null && flags.matches("g?")
                    ? new Substitution(pattern, replacement, flags.equals("g"))
                    : null;
        }

        private static int end(String script, int start, char by) {
            int at = start;
            while (at < script.length() && script.charAt(at) != by) {
                at += script.charAt(at) == '\\' ? 2 : 1;
            }
            return at;
        }

        /**
         * {@return the expression for RE2/J, which matches in linear time; null if it has a different meaning there}
         */
        private static @Nullable Pattern pattern(String text, boolean extended) {
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                boolean escaped = text.charAt(i) == '\\' && i + 1 < text.length();
                i += escaped ? 1 : 0;
                String piece = piece(text, i, escaped, extended);
                if (piece == null) {
                    return null;
                }
                pattern.append(piece);
            }
            return text.isEmpty() ? null : Pattern.compile(pattern.toString());
        }

        private static @Nullable String piece(String text, int at, boolean escaped, boolean extended) {
            char c = text.charAt(at);
            String quoted = Pattern.quote(String.valueOf(c));
            if (escaped) {
                boolean special = Character.isLetterOrDigit(c) || (!extended && "(){}|+?".indexOf(c) >= 0);
                return special ? null : quoted;
            }
            if (c == '*') {
                return at > 0 && text.charAt(at - 1) == '.' && !text.startsWith("\\.", at - 2) ? "*" : null;
            }
            boolean anchor = (c == '^' && at == 0) || (c == '$' && at + 1 == text.length()) || c == '.';
            boolean special = c == '[' || c == '^' || (extended && "(){}|+?$".indexOf(c) >= 0);
            return anchor ? String.valueOf(c) : special ? null : quoted;
        }

        private static @Nullable String replacement(String text, char by) {
            StringBuilder replacement = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '&') {
                    replacement.append("$0");
                } else if (c != '\\' || i + 1 >= text.length()) {
                    replacement.append(Matcher.quoteReplacement(String.valueOf(c)));
                } else if (Character.isLetterOrDigit(text.charAt(++i)) && text.charAt(i) != by) {
                    return null;
                } else {
                    replacement.append(Matcher.quoteReplacement(String.valueOf(text.charAt(i))));
                }
            }
            return replacement.toString();
        }

        /** {@return the text after the substitution; null if it is too long} */
        @Nullable
        String apply(String text) {
            LimitedText edited = new LimitedText();
            String[] lines = text.split("\n", -1);
            for (int i = 0; i < lines.length && !edited.overflow(); i++) {
                edited.append(i == 0 ? "" : "\n");
                applyToLine(lines[i], edited);
            }
            return edited.whole().orElse(null);
        }

        private void applyToLine(String line, LimitedText edited) {
            Matcher matcher = pattern.matcher(line);
            StringBuilder piece = new StringBuilder();
            boolean more = true;
            while (more && !edited.overflow() && matcher.find()) {
                matcher.appendReplacement(piece, replacement);
                edited.append(piece.toString());
                piece.setLength(0);
                more = all;
            }
            edited.append(matcher.appendTail(piece).toString());
        }
    }
}
