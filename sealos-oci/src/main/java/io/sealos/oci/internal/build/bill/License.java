package io.sealos.oci.internal.build.bill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Tells an <a href="https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/">SPDX expression</a> from the name
 * of a license. Identifiers are not compared with the list of SPDX, which grows.
 */
final class License {
    private static final List<String> OPERATORS = List.of("AND", "OR", "WITH");

    private License() {}

    /**
     * {@return whether a text has the grammar of an expression, such as {@code Apache-2.0 OR (MIT AND BSD-3-Clause)}}
     */
    static boolean isExpression(String text) {
        Deque<String> tokens = new ArrayDeque<>();
        StringTokenizer words = new StringTokenizer(text, " ()", true);
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (!word.equals(" ")) {
                tokens.add(word);
            }
        }
        int depth = 0;
        boolean operand = false;
        for (String token : tokens) {
            boolean operator = OPERATORS.contains(token);
            boolean afterOperand = operator || token.equals(")");
            if (afterOperand != operand) {
                return false;
            }
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth < 0 || !(operator || token.equals("(") || token.equals(")") || isIdentifier(token))) {
                return false;
            }
            operand = !operator && !token.equals("(");
        }
        return operand && depth == 0;
    }

    private static boolean isIdentifier(String token) {
        String name = token.endsWith("+") ? token.substring(0, token.length() - 1) : token;
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == ':'));
    }
}
