package io.sealos.layout.internal.rule;

import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about secrets in files: everybody who has the image can read them. */
final class SecretRules {
    private static final long LARGEST = 64L * 1024;

    /** With its content, as texts about keys show the first line alone. */
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN ([A-Z0-9]+ )?PRIVATE KEY-----(\\s|\\\\n|[A-Za-z-]+: [^\\n]*\\n)+[A-Za-z0-9+/=]{32}");

    private static final Pattern TOKEN = Pattern.compile(
            "\\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\\b|client-key-data: [A-Za-z0-9+/]{64}");

    /** Looked for first, as most files have none of them. */
    private static final List<String> TOKEN_STARTS =
            List.of("AKIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "client-key-data: ");

    static final List<LayoutRule> ALL = List.of(LayoutRule.ofFiles(
            "secret-in-file",
            Severity.WARNING,
            "A file has a private key or an access token in it, which everybody can read who has the image.",
            SecretRules::secret));

    private SecretRules() {}

    private static void secret(ContextFile file, FindingSink findings) {
        if (!file.isFile() || file.size() > LARGEST) {
            return;
        }
        String text = file.text().orElse("");
        boolean key = text.contains("PRIVATE KEY-----") && report(file, text, PRIVATE_KEY, "a private key", findings);
        if (!key && TOKEN_STARTS.stream().anyMatch(text::contains)) {
            report(file, text, TOKEN, "an access token", findings);
        }
    }

    /** The secret itself stays out of the report. */
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
