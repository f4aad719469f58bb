package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about scripts: encoding, line terminators and permissions. */
final class ScriptRules {
    /** The bit with which the owner may execute a file. */
    private static final int OF_OWNER = 0100;

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "init-script-start",
                    Severity.INFO,
                    "The script init.sh is called by its path and not executable, or does not say which shell it wants.",
                    ScriptRules::initScript),
            LayoutRule.ofFiles(
                    "script-crlf",
                    Severity.WARNING,
                    "A script has the line ends of Windows, which shells take for a part of each command.",
                    ScriptRules::windowsLineEnds));

    private static final long LONGEST_CALLER = 64L * 1024;
    private static final Pattern CALL = Pattern.compile("(^|[\\s;&|`(])\\./init\\.sh\\b");

    private ScriptRules() {}

    private static void initScript(ClusterImageLayout layout, FindingSink findings) {
        Optional<ContextFile> script = InitScript.of(layout);
        if (script.isEmpty()) {
            return;
        }
        if (!start(script.get()).startsWith("#!")) {
            findings.report(
                    StandardDirectory.INIT_SCRIPT,
                    "the script does not say which shell it wants",
                    "begin it with #!/usr/bin/env bash");
        }
        boolean executable = (script.get().mode().orElse(OF_OWNER) & OF_OWNER) != 0;
        if (!executable) {
            callers(layout)
                    .forEach(line -> findings.report(
                            line.sourceName().orElseThrow(),
                            line,
                            "init.sh is called by its path, and is not executable",
                            "chmod +x init.sh, or call it as 'bash init.sh'"));
        }
    }

    /** {@return whether a top-level file runs the script by its path, which needs the permission to execute} */
    private static Stream<SourceRange> callers(ClusterImageLayout layout) {
        return layout.file(".").map(ContextFile::children).orElse(List.of()).stream()
                .filter(file -> file.isFile() && file.size() <= LONGEST_CALLER)
                .flatMap(file -> file.lines().stream())
                .filter(line -> CALL.matcher(line.text()).find());
    }

    /** Checks a script. The script init.sh, which need not be copied, is checked once for the context directory. */
    private static void windowsLineEnds(ContextFile file, FindingSink findings) {
        if (file.path().equals(".")) {
            InitScript.of(file.layout()).ifPresent(script -> reportWindowsLineEnds(script, findings));
        } else if (file.isFile() && file.path().endsWith(".sh") && !file.path().equals(StandardDirectory.INIT_SCRIPT)) {
            reportWindowsLineEnds(file, findings);
        }
    }

    private static void reportWindowsLineEnds(ContextFile script, FindingSink findings) {
        if (start(script).contains("\r\n")) {
            findings.report(
                    script.path(),
                    "the lines end with CR LF, and the shell takes the CR for a part of each command",
                    "save it with line ends of Unix, and add '*.sh text eol=lf' to .gitattributes");
        }
    }

    private static String start(ContextFile file) {
        return new String(file.head(), StandardCharsets.ISO_8859_1);
    }
}
