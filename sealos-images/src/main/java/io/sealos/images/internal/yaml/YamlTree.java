package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Kind;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Parses a document into a tree. An alias is the same node object, so a bomb of aliases costs nothing here; code that
 * walks the tree counts the nodes.
 */
public final class YamlTree {
    private static final int MAX_ALIASES = 10_000;
    private static final int MAX_MERGED = 1_000_000;

    private final Iterator<Event> events;
    private final String text;
    private final Place origin;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final TreeLimits limits = new TreeLimits();
    private int codePoints;
    private int offset;
    private int aliases;
    private int mergedKeys;

    private YamlTree(String text, Place origin) {
        this.text = text;
        this.origin = origin;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        this.events = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return parser.peekEvent() != null;
            }

            @Override
            public Event next() {
                return parser.getEvent();
            }
        };
    }

    /** {@return the root of the document in a text that starts on a line of its file, or null if there is none} */
    public static @Nullable YamlNode parse(String text, int firstLine) throws YamlFormatException {
        return parse(text, new Place(firstLine, 1));
    }

    /**
     * {@return the root of the document in a text, or null if there is none}
     *
     * @param origin the place of the text in its file
     */
    public static @Nullable YamlNode parse(String text, Place origin) throws YamlFormatException {
        String spaced = jsonWithoutTabs(text);
        try {
            return CommonYaml.read(spaced, origin, new TreeLimits());
        } catch (UnusualYamlException e) {
            return parseUnusual(spaced, origin);
        }
    }

    /** Parses any YAML after separating tabs, which the parser does not accept, have been replaced. */
    private static @Nullable YamlNode parseUnusual(String text, Place origin) throws YamlFormatException {
        try {
            return parseAny(text, origin);
        } catch (YamlFormatException e) {
            String spaced = SeparatingTabs.replaced(text);
            if (spaced.equals(text)) {
                throw e;
            }
            return parseAny(spaced, origin);
        }
    }

    /** Parses any YAML. */
    static @Nullable YamlNode parseAny(String text, Place origin) throws YamlFormatException {
        try {
            return new YamlTree(text, origin).root();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new YamlFormatException(origin.line() + (mark == null ? 0 : mark.getLine()), reason(e));
        } catch (YAMLException e) {
            throw new YamlFormatException(
                    origin.line(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "is not valid YAML" : e.getProblem();
        return e.getContext() == null ? problem : e.getContext() + ", " + problem;
    }

    /**
     * {@return the text with tabs replaced if it is JSON, which may be indented with tabs, unlike YAML} Strings of JSON
     * contain no tabs.
     */
    private static String jsonWithoutTabs(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        boolean json = text.startsWith("{", start) || text.startsWith("[", start);
        return json && text.indexOf('\t') >= 0 ? text.replace('\t', ' ') : text;
    }

    private @Nullable YamlNode root() throws YamlFormatException {
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                YamlNode root = node(node, 0);
                expectEnd();
                return root;
            }
        }
        return null;
    }

    private void expectEnd() throws YamlFormatException {
        Event event = events.next();
        if (!(event instanceof DocumentEndEvent)) {
            throw new YamlFormatException(line(event), "has more after its end");
        }
        if (events.hasNext()) {
            events.next();
        }
    }

    private YamlNode node(NodeEvent event, int depth) throws YamlFormatException {
        if (depth > TreeLimits.MAX_DEPTH) {
            throw new YamlFormatException(line(event), "is nested deeper than " + TreeLimits.MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        YamlNode node = start(event);
        if (event instanceof MappingStartEvent) {
            readMapping(node, depth);
        } else if (event instanceof SequenceStartEvent) {
            readSequence(node, depth);
        }
        // The anchor is registered only now, because an alias inside its own anchor would make the tree infinite.
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), node);
        }
        return node;
    }

    private YamlNode start(NodeEvent event) throws YamlFormatException {
        limits.countNode(place(event));
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        return YamlNode.collection(event instanceof MappingStartEvent ? Kind.MAPPING : Kind.SEQUENCE, place(event));
    }

    private YamlNode scalar(ScalarEvent scalar) {
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            Place content = new Place(
                    line(scalar) + 1,
                    origin.column() + blockIndent(scalar.getStartMark().getIndex()));
            return YamlNode.block(place(scalar), scalar.getValue(), content);
        }
        return YamlNode.scalar(place(scalar), scalar.getValue(), style == ScalarStyle.PLAIN);
    }

    /** {@return the number of spaces before the first line of a block scalar that has text} */
    private int blockIndent(int indicator) {
        int at = text.indexOf('\n', offset(indicator)) + 1;
        int spaces = 0;
        while (at > 0 && at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            spaces = text.charAt(at) == ' ' ? spaces + 1 : 0;
            at++;
        }
        return spaces;
    }

    /**
     * {@return the index for a position in code points} Positions are ascending, so one pass over the text is enough
     * for all of them.
     */
    private int offset(int codePoint) {
        offset = text.offsetByCodePoints(offset, codePoint - codePoints);
        codePoints = codePoint;
        return offset;
    }

    private YamlNode alias(AliasEvent event) throws YamlFormatException {
        if (++aliases > MAX_ALIASES) {
            throw new YamlFormatException(line(event), "has more than " + MAX_ALIASES + " aliases");
        }
        YamlNode target = anchors.get(event.getAnchor());
        if (target == null) {
            throw new YamlFormatException(line(event), "has an alias *" + event.getAnchor() + " without its anchor");
        }
        return target;
    }

    private void readMapping(YamlNode mapping, int depth) throws YamlFormatException {
        List<YamlNode> merged = new ArrayList<>(0);
        for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
            YamlNode keyNode = node((NodeEvent) key, depth + 1);
            YamlNode value = node((NodeEvent) events.next(), depth + 1);
            if (keyNode.text().equals("<<")) {
                merged.add(value);
            } else {
                mapping.add(keyNode.text(), value);
            }
        }
        if (!merged.isEmpty()) {
            merge(mapping, merged);
        }
    }

    /**
     * Merges the sources into the mapping in their order. Keys of the mapping itself take precedence, whatever their
     * order.
     */
    private void merge(YamlNode mapping, List<YamlNode> sources) throws YamlFormatException {
        Set<String> keys = new HashSet<>();
        mapping.entries().forEach(entry -> keys.add(entry.key()));
        for (YamlNode source : sources) {
            for (YamlNode each : source.isSequence() ? source.items() : List.of(source)) {
                merge(mapping, each, keys);
            }
        }
    }

    private void merge(YamlNode mapping, YamlNode source, Set<String> keys) throws YamlFormatException {
        mergedKeys += source.entries().size();
        if (mergedKeys > MAX_MERGED) {
            throw new YamlFormatException(mapping.line(), "merges more than " + MAX_MERGED + " keys");
        }
        for (YamlNode.Entry entry : source.entries()) {
            if (keys.add(entry.key())) {
                mapping.add(entry.key(), entry.value());
            }
        }
    }

    private void readSequence(YamlNode sequence, int depth) throws YamlFormatException {
        for (Event item = events.next(); !(item instanceof SequenceEndEvent); item = events.next()) {
            sequence.add(node((NodeEvent) item, depth + 1));
        }
    }

    private int line(Event event) {
        return event.getStartMark().getLine() + origin.line();
    }

    private Place place(Event event) {
        return new Place(line(event), event.getStartMark().getColumn() + origin.column());
    }
}
