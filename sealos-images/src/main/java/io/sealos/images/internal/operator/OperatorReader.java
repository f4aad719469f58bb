package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the description of an operator, and checks it. */
public final class OperatorReader {
    /** The largest number of characters of a description. */
    public static final int LARGEST = 1_000_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    private static final Pattern VALUE = Pattern.compile("[a-z][A-Za-z0-9]{0,99}");
    private static final Pattern RELEASE_VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern KIND = Pattern.compile("[a-z0-9.-]{1,200}/[A-Za-z0-9]{1,100}|[A-Za-z0-9]{1,100}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,8}(\\.[0-9]{1,8}){0,9}");
    private static final Pattern VARIANT = Pattern.compile("-[A-Za-z0-9._-]{1,99}");
    private static final Pattern CONFIDENCE = Pattern.compile("likely|possible");
    private static final String KIND_FIX = "write the group and the kind, such as apps/Deployment";
    private static final List<String> LOOKUPS = List.of("field", "argument", "variable", "release", "text");

    private final CheckedNode root;
    private final Map<String, List<ValueSource>> values = new LinkedHashMap<>();

    private OperatorReader(CheckedNode root) {
        this.root = root;
    }

    /** {@return the operator that a YAML text describes} */
    public static Operator read(String text) throws OperatorFormatException {
        if (text.length() > LARGEST) {
            throw new OperatorFormatException(
                    0, "the text is longer than " + LARGEST + " characters", "split it into several files");
        }
        try {
            YamlNode node = YamlTree.parse(text, 1);
            if (node == null) {
                throw new OperatorFormatException(0, "the text is empty", "describe an operator");
            }
            return new OperatorReader(CheckedNode.of("the description", node)).operator();
        } catch (YamlFormatException e) {
            throw new OperatorFormatException(e.line(), "the text is not valid YAML: " + e.getMessage(), "correct it");
        }
    }

    private Operator operator() throws OperatorFormatException {
        root.withOnly("operator", "images", "variants", "repository", "values", "facts", "releases");
        String name = root.required("operator", NAME, "write lower-case letters, digits and hyphens");
        root.text("repository");
        List<ImageReference> images = images();
        for (String variant : root.texts("variants")) {
            root.formed("variants", variant, VARIANT, "write the end of a tag, such as -ubi9");
        }
        readValues();
        List<Release> releases = releases();
        Operator operator = new Operator(
                name,
                images,
                root.texts("variants"),
                Collections.unmodifiableMap(values),
                root.items("facts", this::fact),
                releases);
        checkNames(operator);
        return operator;
    }

    private List<ImageReference> images() throws OperatorFormatException {
        List<ImageReference> images = new ArrayList<>();
        for (String text : root.texts("images")) {
            images.add(image(text));
        }
        if (images.isEmpty()) {
            throw root.fault("has no images", "name the operator's own image, without its tag");
        }
        return List.copyOf(images);
    }

    private ImageReference image(String text) throws OperatorFormatException {
        String fix = "write the name without its tag, such as quay.io/team/operator";
        try {
            ImageReference image = ImageReference.parse(text);
            if (image.tag().isPresent() || image.digest().isPresent()) {
                throw root.fault("has the image '" + text + "' with a tag or digest", fix);
            }
            return image;
        } catch (ImageReferenceException e) {
            throw root.fault("has '" + text + "', which is no image", fix);
        }
    }

    private void readValues() throws OperatorFormatException {
        YamlNode node = root.node().get("values");
        if (node == null) {
            return;
        }
        CheckedNode mapping = CheckedNode.of("values", node);
        for (YamlNode.Entry entry : node.entries()) {
            String name = mapping.formed(
                    entry.key(), entry.key(), VALUE, "write letters and digits, beginning with a lower-case letter");
            List<ValueSource> sources = mapping.items(name, this::source);
            if (sources.isEmpty()) {
                throw mapping.fault("has no source for " + name, "add one");
            }
            values.put(name, sources);
        }
    }

    private ValueSource source(CheckedNode node) throws OperatorFormatException {
        node.withOnly(
                "field",
                "of",
                "argument",
                "variable",
                "release",
                "text",
                "removePrefix",
                "removeSuffix",
                "when",
                "unless");
        return new ValueSource(
                lookup(node),
                node.text("removePrefix").orElse(""),
                node.text("removeSuffix").orElse(""),
                conditions(node));
    }

    private Conditions conditions(CheckedNode node) throws OperatorFormatException {
        return new Conditions(node.items("when", this::condition), node.items("unless", this::condition));
    }

    private Condition condition(CheckedNode node) throws OperatorFormatException {
        node.withOnly("field", "of", "argument", "variable", "release", "text", "is", "since", "before");
        return new Condition(lookup(node), node.texts("is"), node.version("since"), node.version("before"));
    }

    private Lookup lookup(CheckedNode node) throws OperatorFormatException {
        List<String> keys = LOOKUPS.stream().filter(node::has).toList();
        if (keys.size() != 1) {
            throw node.fault(
                    keys.isEmpty() ? "has no place of a value" : "has several places: " + String.join(", ", keys),
                    "write one of " + String.join(", ", LOOKUPS));
        }
        String key = keys.get(0);
        String written = node.required(key);
        if (!key.equals("field")) {
            if (node.has("of")) {
                throw node.fault("has 'of' without a field", "remove it");
            }
            return new Lookup(
                    Lookup.Kind.valueOf(key.toUpperCase(Locale.ROOT)),
                    template(node, written),
                    Optional.empty(),
                    List.of());
        }
        Optional<FieldQuery> query = FieldQuery.parse(written);
        if (query.isEmpty()) {
            throw node.fault(
                    "has the path '" + written + "', which is malformed",
                    "write keys with dots between, and [*], [0] or [key=text] for items");
        }
        List<String> of = node.texts("of");
        for (String kind : of) {
            node.formed("of", kind, KIND, KIND_FIX);
        }
        return new Lookup(Lookup.Kind.FIELD, new Template(""), query, of);
    }

    /** {@return a text whose placeholders are values that stand above} */
    private Template template(CheckedNode node, String text) throws OperatorFormatException {
        Template template = new Template(text);
        if (template.isMalformed()) {
            throw node.fault("has '" + text + "' with a brace that is not closed or has no name", "write {name}");
        }
        for (String name : template.names()) {
            if (!values.containsKey(name) && !Evaluation.BUILT_IN.contains(name)) {
                throw node.fault(
                        "has '" + text + "', and no value '" + name + "' stands above it",
                        "define it in values, or write one of " + String.join(", ", Evaluation.BUILT_IN));
            }
        }
        return template;
    }

    private Fact fact(CheckedNode node) throws OperatorFormatException {
        node.withOnly("name", "resource", "since", "before", "when", "unless", "image", "confidence", "sources");
        List<Template> images = new ArrayList<>();
        for (String text : node.texts("image")) {
            images.add(template(node, text));
        }
        if (images.isEmpty()) {
            throw node.fault("has no image", "add it");
        }
        node.texts("sources");
        String resource = node.has("resource") ? node.required("resource", KIND, KIND_FIX) : "";
        String confidence = node.has("confidence")
                ? node.required("confidence", CONFIDENCE, "write likely, the default, or possible")
                : "likely";
        return new Fact(
                node.required("name", NAME, "write lower-case letters, digits and hyphens"),
                resource,
                node.version("since"),
                node.version("before"),
                conditions(node),
                List.copyOf(images),
                confidence.equals("likely"));
    }

    private List<Release> releases() throws OperatorFormatException {
        List<Release> releases = new ArrayList<>(root.items("releases", this::release));
        if (releases.isEmpty()) {
            throw root.fault("has no releases", "list the versions of the operator to which the facts apply");
        }
        releases.sort(Comparator.comparing(Release::number).reversed());
        for (int i = 1; i < releases.size(); i++) {
            if (releases.get(i).covers(releases.get(i - 1).number())) {
                throw root.fault(
                        "has several releases for version "
                                + releases.get(i - 1).version(),
                        "remove one of them");
            }
        }
        return List.copyOf(releases);
    }

    private Release release(CheckedNode node) throws OperatorFormatException {
        node.withOnly("version", "before", "commit", "values");
        String version = node.required("version", VERSION, "write numbers with dots between, such as 1.28.0");
        Version number = Version.of(version);
        if (number == null) {
            throw node.fault("has no version", "add it");
        }
        node.formed("commit", node.text("commit").orElse(""), COMMIT, "write 40 hexadecimal digits");
        return new Release(
                version,
                number,
                node.version("before"),
                Collections.unmodifiableMap(
                        node.entries("values", RELEASE_VALUE, "write letters, digits, dots and hyphens")));
    }

    private void checkNames(Operator operator) throws OperatorFormatException {
        Set<String> names = new HashSet<>();
        for (Fact fact : operator.facts()) {
            if (!names.add(fact.name())) {
                throw root.fault("has two facts with the name '" + fact.name() + "'", "rename one of them");
            }
        }
        if (names.isEmpty()) {
            throw root.fault("has no facts", "add the images that the operator starts");
        }
    }
}
