package io.sealos.layout.internal.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.internal.template.TemplateSyntax;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.SealosEnv;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules about the templates in etc, scripts and manifests, which sealos renders when the image is run. */
final class TemplateRules {
    /**
     * An action that prints a field unchanged. An action that tests or replaces a field expects that it may be missing.
     */
    private static final Pattern PRINTED_FIELD = Pattern.compile("\\{\\{-?\\s*\\.([A-Za-z_][A-Za-z0-9_]*)\\s*-?}}");

    private static final Pattern TEST = Pattern.compile("\\{\\{-?\\s*(?:if|else\\s+if)\\b([^}]*)}}");
    private static final Pattern FIELD = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)");

    private static final Pattern OTHER_DOT = Pattern.compile("\\{\\{-?\\s*(range|with|define|block)\\b");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.ofFiles(
                    "template-collision",
                    Severity.WARNING,
                    "A template renders to a name that already exists, and overwrites it.",
                    TemplateRules::collision),
            LayoutRule.ofFiles(
                    "template-variable-unknown",
                    Severity.WARNING,
                    "A template prints a variable that nothing sets: it becomes <no value>.",
                    TemplateRules::unknown),
            LayoutRule.ofFiles(
                    "template-deleted",
                    Severity.INFO,
                    "sealos renders a .tpl file on the node, and deletes it there.",
                    TemplateRules::deleted),
            LayoutRule.ofFiles(
                    "template-syntax",
                    Severity.ERROR,
                    "A template does not parse, and sealos run stops at it.",
                    TemplateRules::syntax),
            LayoutRule.ofFiles(
                    "template-empty",
                    Severity.WARNING,
                    "A template has nothing to render, and sealos writes the text of the template before it.",
                    TemplateRules::empty),
            LayoutRule.ofFiles(
                    "template-not-rendered",
                    Severity.WARNING,
                    "A file has the ending of a template in upper case, and sealos does not render it.",
                    TemplateRules::notRendered),
            LayoutRule.ofFiles(
                    "template-unnamed",
                    Severity.ERROR,
                    "A file is named just .tmpl, and sealos run stops at it, because it renders to no name.",
                    TemplateRules::unnamed));

    private TemplateRules() {}

    private static Optional<TemplateSyntax> parsed(ContextFile file) {
        boolean template = Templates.isTemplate(file.path())
                && file.path().endsWith(Templates.SUFFIX)
                && !Templates.isUnnamed(file.path());
        return template ? file.text().map(TemplateSyntax::of) : Optional.empty();
    }

    private static void syntax(ContextFile file, FindingSink findings) {
        parsed(file)
                .flatMap(TemplateSyntax::fault)
                .ifPresent(fault -> Lines.report(
                        findings,
                        file,
                        fault.at(),
                        "sealos cannot parse the template, and stops: " + fault.reason(),
                        "correct it; functions are those of Go and sprig, without those that Helm adds"));
    }

    private static void empty(ContextFile file, FindingSink findings) {
        parsed(file)
                .filter(TemplateSyntax::isEmpty)
                .ifPresent(it -> findings.report(
                        file.path(),
                        "the template has nothing to render, and sealos writes the text of the template before it to "
                                + Templates.renderedName(file.path()),
                        "remove it, or write a text such as a comment of the rendered file into it"));
    }

    private static void notRendered(ContextFile file, FindingSink findings) {
        String lower = file.path().toLowerCase(Locale.ROOT);
        String ending = file.path().substring(Math.max(0, file.path().length() - Templates.SUFFIX.length()));
        boolean upper = lower.endsWith(Templates.SUFFIX) && !ending.equals(Templates.SUFFIX);
        if (file.isFile() && upper && Templates.isBelowTemplates(file.path())) {
            findings.report(
                    file.path(),
                    "sealos renders names that end in .tmpl, and this one ends in " + ending,
                    "name it " + file.name().substring(0, file.name().length() - ending.length()) + Templates.SUFFIX);
        }
    }

    private static void unnamed(ContextFile file, FindingSink findings) {
        if (Templates.isUnnamed(file.path())) {
            findings.report(
                    file.path(),
                    "the file is named just .tmpl, and nothing is left of its name to render to: sealos stops at it",
                    "give it a name before the ending");
        }
    }

    private static void collision(ContextFile file, FindingSink findings) {
        if (!Templates.isTemplate(file.path()) || Templates.isUnnamed(file.path())) {
            return;
        }
        String rendered = Templates.renderedName(file.path());
        if (file.layout().file(rendered).isPresent()) {
            findings.report(
                    file.path(),
                    "the template renders to " + rendered + ", which already exists",
                    "remove one of the two");
        }
    }

    private static void unknown(ContextFile file, FindingSink findings) {
        if (!Templates.isTemplate(file.path())
                || !file.path().endsWith(Templates.SUFFIX)
                || file.layout().evaluation().isEmpty()
                || file.text().filter(text -> OTHER_DOT.matcher(text).find()).isPresent()) {
            return;
        }
        Set<String> known = known(file);
        known.addAll(tested(file.text().orElse("")));
        for (SourceRange line : file.lines()) {
            Matcher field = PRINTED_FIELD.matcher(line.text());
            while (field.find()) {
                String name = field.group(1);
                if (known.add(name)) {
                    findings.report(
                            file.path(),
                            SourceRange.inLine(
                                    file.path(), line.start().line(), line.text(), field.start(), field.end()),
                            "the image does not set " + name
                                    + ": where the site does not either, the template prints <no value>",
                            "set it with ENV, or write {{ default \"…\" ." + name + " }}");
                }
            }
        }
    }

    /** {@return the fields that the template tests} */
    private static Set<String> tested(String text) {
        Set<String> tested = new HashSet<>();
        for (Matcher test = TEST.matcher(text); test.find(); ) {
            for (Matcher field = FIELD.matcher(test.group(1)); field.find(); ) {
                tested.add(field.group(1));
            }
        }
        return tested;
    }

    private static Set<String> known(ContextFile file) {
        Set<String> known = new LinkedHashSet<>();
        file.layout()
                .evaluation()
                .map(it -> SealosRuntime.of(it.config()).environment().keySet())
                .ifPresent(known::addAll);
        Arrays.stream(SealosEnv.values())
                .filter(it -> isRenderedByRootfs(file.layout()))
                .forEach(it -> known.add(it.key()));
        return known;
    }

    /** {@return whether templates see the variables of the rootfs, as those of a rootfs or patch do on a node} */
    private static boolean isRenderedByRootfs(ClusterImageLayout layout) {
        return layout.isRootfs()
                || layout.type().filter(it -> it == ImageType.PATCH).isPresent();
    }

    private static void deleted(ContextFile file, FindingSink findings) {
        if (file.isFile() && Templates.isTemplate(file.path()) && file.path().endsWith(Templates.DELETED_SUFFIX)) {
            findings.report(
                    file.path(),
                    "sealos renders the file on the node to " + Templates.renderedName(file.path())
                            + ", and deletes it",
                    "end the name with .tmpl if that is meant, with anything else if not");
        }
    }
}
