package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Kind;
import io.sealos.images.internal.yaml.YamlNode.Place;

/**
 * Reads JSON and the common subset of YAML several times faster than a full parser, which matters for manifests of 100
 * MB. The subset has block mappings and sequences, plain and quoted scalars, literals, and flow collections, without
 * anchors, tags, merges and folded text. Anything else, including errors, is reported as unusual. The result is that of
 * the full parser, except that the keys of flow collections do not count as nodes.
 */
final class CommonYaml {
    private final YamlLines lines;
    private final CommonScalars scalars;
    private final QuotedLines quotedLines;
    private final TreeLimits limits;

    private CommonYaml(String text, Place origin, TreeLimits limits) throws UnusualYamlException {
        this.lines = new YamlLines(text, origin);
        this.scalars = new CommonScalars(text, lines);
        this.quotedLines = new QuotedLines(text, lines, scalars);
        this.limits = limits;
    }

    /** {@return the root of the only document in a text} */
    static YamlNode read(String text, Place origin, TreeLimits limits)
            throws UnusualYamlException, YamlFormatException {
        return new CommonYaml(text, origin, limits).root(text);
    }

    private YamlNode root(String text) throws UnusualYamlException, YamlFormatException {
        boolean content = lines.next();
        if (content && text.startsWith("---", lines.at()) && lines.isMarker()) {
            lines.moveTo(lines.at() + 3);
            lines.expectLineEnd();
            content = lines.next();
        } else {
            expect(content && !lines.isMarker());
        }
        expect(content);
        YamlNode root = isFlow(lines.peek()) ? flowValue(0) : block(0);
        expect(lines.isAtEnd());
        return root;
    }

    private static void expect(boolean condition) throws UnusualYamlException {
        if (!condition) {
            throw new UnusualYamlException();
        }
    }

    private static boolean isFlow(char c) {
        return c == '{' || c == '[';
    }

    private YamlNode block(int depth) throws UnusualYamlException, YamlFormatException {
        if (lines.isDash()) {
            return sequence(depth);
        }
        int colon = scalars.keyEnd();
        expect(colon >= 0);
        return mapping(colon, depth);
    }

    private YamlNode mapping(int firstColon, int depth) throws UnusualYamlException, YamlFormatException {
        int indent = lines.column();
        YamlNode mapping = started(Kind.MAPPING, depth);
        int colon = firstColon;
        while (colon >= 0) {
            String key = scalars.key(colon);
            lines.moveTo(colon + 1);
            limits.countNode(lines.place());
            mapping.add(key, value(indent, true, depth + 1));
            expect(lines.isAtEnd() || lines.column() <= indent);
            boolean more = !lines.isAtEnd() && lines.column() == indent && !isUpperItem(indent);
            colon = more ? scalars.keyEnd() : -1;
            expect(!more || colon >= 0);
        }
        return mapping;
    }

    /**
     * {@return whether the next item belongs to an outer sequence} The items of a sequence may have the indentation of
     * its key, so that the next item ends the mapping of the previous one.
     */
    private boolean isUpperItem(int indent) {
        return lines.isDash() && lines.column() == indent;
    }

    private YamlNode sequence(int depth) throws UnusualYamlException, YamlFormatException {
        int indent = lines.column();
        YamlNode sequence = started(Kind.SEQUENCE, depth);
        do {
            lines.moveTo(lines.at() + 1);
            sequence.add(value(indent, false, depth + 1));
            expect(lines.isAtEnd() || lines.column() <= indent);
        } while (!lines.isAtEnd() && lines.column() == indent && lines.isDash());
        return sequence;
    }

    private YamlNode started(Kind kind, int depth) throws UnusualYamlException, YamlFormatException {
        expect(depth <= TreeLimits.MAX_DEPTH);
        limits.countNode(lines.place());
        return YamlNode.collection(kind, lines.place());
    }

    /** {@return the value after a colon or a hyphen; the position is then the start of a line} */
    private YamlNode value(int indent, boolean ofKey, int depth) throws UnusualYamlException, YamlFormatException {
        Place behind = lines.place();
        lines.skipSpaces();
        boolean nested = lines.isLineEnd();
        if (nested) {
            boolean more = lines.next();
            boolean items = more && ofKey && lines.column() == indent && lines.isDash();
            if (!more || (lines.column() <= indent && !items)) {
                limits.countNode(behind);
                return YamlNode.scalar(behind, "", true);
            }
        }
        boolean mayBeBlock = nested || !ofKey;
        if (mayBeBlock && (lines.isDash() || scalars.keyEnd() >= 0)) {
            return block(depth);
        }
        return isFlow(lines.peek()) ? flowValue(depth) : scalar(indent);
    }

    private YamlNode scalar(int indent) throws UnusualYamlException, YamlFormatException {
        limits.countNode(lines.place());
        if (lines.peek() == '|') {
            return scalars.literal(indent);
        }
        if (!CommonScalars.isQuote(lines.peek())) {
            scalars.expectPlainStart();
            return scalars.plain(indent);
        }
        Place place = lines.place();
        YamlNode quoted = YamlNode.scalar(place, quotedLines.read(indent), false);
        lines.expectLineEnd();
        lines.next();
        return quoted;
    }

    private YamlNode flowValue(int depth) throws UnusualYamlException, YamlFormatException {
        YamlNode value = flow(depth);
        lines.expectLineEnd();
        lines.next();
        return value;
    }

    private YamlNode flow(int depth) throws UnusualYamlException, YamlFormatException {
        char c = lines.peek();
        if (!isFlow(c)) {
            limits.countNode(lines.place());
            return flowScalar();
        }
        YamlNode node = started(c == '{' ? Kind.MAPPING : Kind.SEQUENCE, depth);
        char end = c == '{' ? '}' : ']';
        step();
        while (lines.peek() != end) {
            if (c == '{') {
                entry(node, depth);
            } else {
                node.add(flow(depth + 1));
            }
            skipBreaks();
            expect(lines.peek() == ',' || lines.peek() == end);
            if (lines.peek() == ',') {
                step();
            }
        }
        lines.moveTo(lines.at() + 1);
        return node;
    }

    private void entry(YamlNode mapping, int depth) throws UnusualYamlException, YamlFormatException {
        boolean quoted = CommonScalars.isQuote(lines.peek());
        int start = lines.at();
        YamlNode key = flowScalar();
        lines.skipSpaces();
        expect(lines.peek() == ':' && lines.at() - start < 1000 && !(key.text().equals("<<") && !quoted));
        step();
        expect(lines.peek() != ',' && lines.peek() != '}');
        mapping.add(key.text(), flow(depth + 1));
    }

    private YamlNode flowScalar() throws UnusualYamlException {
        Place place = lines.place();
        boolean quoted = CommonScalars.isQuote(lines.peek());
        String value = quoted ? scalars.quoted() : scalars.flowPlain();
        return YamlNode.scalar(place, value, !quoted);
    }

    /** Skips one character and the blanks after it. */
    private void step() throws UnusualYamlException {
        lines.moveTo(lines.at() + 1);
        skipBreaks();
    }

    private void skipBreaks() throws UnusualYamlException {
        lines.skipSpaces();
        if (lines.at() == lines.end()) {
            expect(lines.next() && !lines.isCommented());
        }
        expect(lines.peek() != '#');
    }
}
