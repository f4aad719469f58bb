package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Kind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
 * Makes the tree of one document. An alias is the same node again, so a bomb costs nothing here; whoever walks the tree
 * counts the nodes.
 */
public final class YamlTree {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_ALIASES = 10_000;

    private final Iterator<Event> events;
    private final int lineOffset;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private int aliases;

    private YamlTree(String text, int firstLine) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        ParserImpl parser = new ParserImpl(new StreamReader(new StringReader(jsonWithoutTabs(text))), options);
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
        this.lineOffset = firstLine;
    }

    /**
     * The root of the first document in the text, or null if the text is empty.
     *
     * @param firstLine the 1-based line of the file on which the text starts
     */
    public static @Nullable YamlNode parse(String text, int firstLine) throws YamlFormatException {
        try {
            return new YamlTree(text, firstLine).root();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new YamlFormatException(mark == null ? firstLine : mark.getLine() + firstLine, reason(e));
        } catch (YAMLException e) {
            throw new YamlFormatException(
                    firstLine,
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "is no YAML" : e.getProblem();
        return e.getContext() == null ? problem : e.getContext() + ", " + problem;
    }

    /** JSON may be indented by tabs, YAML may not; inside JSON's strings there are none. */
    private static String jsonWithoutTabs(String text) {
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
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
        if (depth > MAX_DEPTH) {
            throw new YamlFormatException(line(event), "is nested deeper than " + MAX_DEPTH + " levels");
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
        // Only now: an alias inside its own anchor would make the tree endless.
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), node);
        }
        return node;
    }

    private YamlNode start(NodeEvent event) {
        int column = event.getStartMark().getColumn() + 1;
        if (event instanceof ScalarEvent scalar) {
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            return new YamlNode(Kind.SCALAR, line(event), column, scalar.getValue(), plain);
        }
        Kind kind = event instanceof MappingStartEvent ? Kind.MAPPING : Kind.SEQUENCE;
        return new YamlNode(kind, line(event), column, "", false);
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
        List<YamlNode> merged = new ArrayList<>();
        for (Event key = events.next(); !(key instanceof MappingEndEvent); key = events.next()) {
            YamlNode keyNode = node((NodeEvent) key, depth + 1);
            YamlNode value = node((NodeEvent) events.next(), depth + 1);
            if (keyNode.text().equals("<<")) {
                merged.add(value);
            } else {
                mapping.add(keyNode.text(), value);
            }
        }
        merged.forEach(source -> merge(mapping, source));
    }

    /** Keys that the mapping has itself win, wherever they stand. */
    private static void merge(YamlNode mapping, YamlNode source) {
        if (source.isSequence()) {
            source.items().forEach(item -> merge(mapping, item));
        }
        for (YamlNode.Entry entry : source.entries()) {
            if (mapping.get(entry.key()) == null) {
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
        return event.getStartMark().getLine() + lineOffset;
    }
}
