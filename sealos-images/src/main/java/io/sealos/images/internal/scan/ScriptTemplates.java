package io.sealos.images.internal.scan;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.RenderedFiles;
import io.sealos.images.internal.template.TemplateFiles;
import io.sealos.images.internal.template.TemplateText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The templates that commands read, such as scripts. A variable that a script needs and nothing sets is a gap. */
public final class ScriptTemplates implements RenderedFiles {
    private final ContextFiles files;
    private final TemplateFiles templates;
    private final ScanFindings findings;

    public ScriptTemplates(ContextFiles files, TemplateFiles templates, ScanFindings findings) {
        this.files = files;
        this.templates = templates;
        this.findings = findings;
    }

    @Override
    public Optional<String> text(Path template) throws IOException {
        TemplateText rendered = templates.render(template);
        String name = files.name(template);
        if (rendered.reason().isPresent()) {
            findings.problem(
                    rendered.engineMissing() ? Kind.NO_ENGINE : Kind.UNREAD,
                    name,
                    rendered.line(),
                    "the template does not render: " + rendered.reason().get());
            return Optional.empty();
        }
        if (!name.startsWith(StandardDirectory.MANIFESTS + "/")) {
            unset(template, name);
        }
        return Optional.of(rendered.text());
    }

    private void unset(Path template, String name) throws IOException {
        List<String> lines = Files.readString(template).lines().toList();
        for (String variable : templates.unset(template).names()) {
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).stripLeading().startsWith("#") && lines.get(i).contains("." + variable)) {
                    findings.problem(
                            Kind.UNSET,
                            name,
                            i + 1,
                            "a command reads this file, which needs the variable " + variable + ", which nothing sets");
                    break;
                }
            }
        }
    }
}
