package io.sealos.layout.internal.rule;

import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about secrets in files, which everyone who has the image can read. */
final class SecretRules {
    private static final long LARGEST = 64L * 1024;

    /** A private key with its content; documentation shows only the first line of one. */
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN ([A-Z0-9]++ )?PRIVATE KEY-----(?:\\s|\\\\n|[A-Za-z-]++: [^\\n]*+\\n)++[A-Za-z0-9+/=]{32}");

    private static final Pattern TOKEN = Pattern.compile(
            "\\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\\b|client-key-data: [A-Za-z0-9+/]{64}");

    /** The smallest number of consecutive Base64 characters in a text that the patterns match. */
    private static final int SHORTEST_WORD = 20;

    private static final String KEY_SIGN = "PRIVATE KEY-----";

    static final List<LayoutRule> ALL = List.of(LayoutRule.ofContents(
            "secret-in-file",
            Severity.WARNING,
            "A file has a private key or an access token in it, which everybody can read who has the image.",
            SecretRules::secret));

    private SecretRules() {}

    private static void secret(ContextFile file, FindingSink findings) {
        if (!file.isFile() || file.size() > LARGEST || !hasLongWord(file.bytes())) {
            return;
        }
        String text = file.text().orElse("");
        if (!hasSign(text)) {
            return;
        }
        boolean key = text.contains(KEY_SIGN) && report(file, text, PRIVATE_KEY, "a private key", findings);
        if (!key) {
            report(file, text, TOKEN, "an access token", findings);
        }
    }

    /**
     * {@return whether a word may be as long as one of a secret} Testing characters at this distance cannot miss such a
     * word.
     */
    private static boolean hasLongWord(ByteBuffer text) {
        for (int probe = SHORTEST_WORD - 1; probe < text.limit(); probe += SHORTEST_WORD) {
            if (isOfWord(text.get(probe)) && wordAround(text, probe) >= SHORTEST_WORD) {
                return true;
            }
        }
        return false;
    }

    private static int wordAround(ByteBuffer text, int position) {
        int end = position + 1;
        while (end < text.limit() && isOfWord(text.get(end))) {
            end++;
        }
        int first = position;
        while (first > 0 && isOfWord(text.get(first - 1))) {
            first--;
        }
        return end - first;
    }

    private static boolean isOfWord(byte c) {
        int letter = c | 0x20;
        return (letter >= 'a' && letter <= 'z')
                || (c >= '/' && c <= '9')
                || c == '+'
                || c == '-'
                || c == '='
                || c == '_';
    }

    /** {@return whether the text has the beginning of a secret} This is a single pass, and most files have none. */
    private static boolean hasSign(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean sign = switch (text.charAt(i)) {
                case 'P' -> text.startsWith(KEY_SIGN, i);
                case 'A' -> text.startsWith("AKIA", i);
                case 'c' -> text.startsWith("client-key-data", i);
                case 'g' -> text.startsWith("gh", i) || text.startsWith("glpat-", i);
                default -> false;
            };
            if (sign) {
                return true;
            }
        }
        return false;
    }

    /** Reports the place without the secret itself. */
    private static boolean report(ContextFile file, String text, Pattern pattern, String what, FindingSink findings) {
        Matcher secret = pattern.matcher(text);
        if (!secret.find()) {
            return false;
        }
        int number = 1
                + Math.toIntExact(text.chars()
                        .limit(secret.start())
                        .filter(c -> c == '\n')
                        .count());
        findings.report(
                file.path(),
                SourceRange.inLine(file.path(), number, what, 0, what.length()),
                "the file has " + what + " in it",
                "take it out, and bring it to the site another way");
        return true;
    }
}
