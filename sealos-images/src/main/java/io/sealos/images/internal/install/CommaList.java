package io.sealos.images.internal.install;

import java.util.ArrayList;
import java.util.List;

/**
 * A list separated by commas, as in the options of Helm. A comma after a backslash or inside brackets does not
 * separate.
 */
record CommaList(String text, String brackets) {
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' && brackets.indexOf('"') >= 0) {
                quoted = !quoted;
            } else if (!quoted && brackets.indexOf(c) >= 0) {
                depth += c == '{' || c == '[' ? 1 : -1;
            } else if (c == ',' && depth <= 0 && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
