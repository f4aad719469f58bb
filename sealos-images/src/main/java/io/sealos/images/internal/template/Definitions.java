package io.sealos.images.internal.template;

import io.sealos.internal.template.TemplateAction;
import io.sealos.internal.template.TemplateAction.Word;
import io.sealos.internal.template.TemplateSyntax;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definitions of templates, which sealos keeps for the templates that it parses after them. */
final class Definitions {
    private static final Set<String> BLOCKS = Set.of("if", "with", "range", "define", "block");

    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Adds the definitions of a template. A later one replaces an earlier one, unless it is empty. */
    void add(String template) {
        TemplateSyntax syntax = TemplateSyntax.of(template);
        if (syntax.fault().isPresent()) {
            return;
        }
        Deque<TemplateAction> open = new ArrayDeque<>();
        @Nullable TemplateAction outermost = null;
        for (TemplateAction action : syntax.actions()) {
            Word first = action.words().get(0);
            if (BLOCKS.contains(first.text())) {
                open.push(action);
                outermost = outermost == null && isDefinition(first) ? action : outermost;
            } else if (first.is("end")) {
                TemplateAction start = open.pop();
                if (start.equals(outermost)) {
                    add(template, start, action);
                    outermost = null;
                }
            }
        }
    }

    private static boolean isDefinition(Word first) {
        return first.is("define") || first.is("block");
    }

    private void add(String template, TemplateAction start, TemplateAction end) {
        List<Word> words = start.words();
        String name = words.get(1).text();
        String body = template.substring(words.get(words.size() - 1).end(), end.end());
        String definition = "{{ define " + name + " " + body;
        if (template.substring(start.end(), end.start()).isBlank()) {
            byName.putIfAbsent(name, definition);
        } else {
            byName.put(name, definition);
        }
    }

    /** {@return a template that has all definitions} */
    String text() {
        return String.join("", byName.values());
    }
}
