package io.sealos.images.internal.values;

import io.sealos.images.internal.values.Value.Mapping;
import io.sealos.images.internal.values.Value.Plain;
import io.sealos.images.internal.values.Value.Sequence;
import io.sealos.images.internal.values.Value.Text;
import io.sealos.images.internal.values.Value.Whole;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes values as YAML that every parser reads in the same way: in flow style, with quoted texts, in ASCII. */
final class ValueWriter {
    private static final Pattern SAFE_PLAIN = Pattern.compile("~|[A-Za-z0-9.+-][A-Za-z0-9_.+-]*");

    private final StringBuilder out;

    ValueWriter(StringBuilder out) {
        this.out = out;
    }

    void write(Value value) {
        if (value instanceof Mapping mapping) {
            writeMapping(mapping);
        } else if (value instanceof Sequence sequence) {
            writeSequence(sequence);
        } else if (value instanceof Whole whole) {
            out.append(whole.number());
        } else if (value instanceof Plain plain
                && SAFE_PLAIN.matcher(plain.text()).matches()) {
            out.append(plain.text());
        } else {
            quote(value instanceof Plain plain ? plain.text() : ((Text) value).text());
        }
    }

    private void writeMapping(Mapping mapping) {
        String separator = "{";
        for (Map.Entry<String, Value> entry : mapping.entries().entrySet()) {
            out.append(separator);
            quote(entry.getKey());
            out.append(": ");
            write(entry.getValue());
            separator = ",\n";
        }
        out.append(mapping.entries().isEmpty() ? "{}" : "}");
    }

    private void writeSequence(Sequence sequence) {
        String separator = "";
        out.append('[');
        for (Value item : sequence.items()) {
            out.append(separator);
            write(item);
            separator = ",\n";
        }
        out.append(']');
    }

    private void quote(String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append((char) c);
            } else {
                out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        out.append('"');
    }
}
