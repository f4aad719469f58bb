package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Determines the images that an operator starts for a resource. */
public final class Evaluation {
    private static final String VERSION = "operator.version";
    private static final String TAG = "operator.tag";
    private static final String REPOSITORY = "operator.repository";
    static final Set<String> BUILT_IN = new TreeSet<>(Set.of(VERSION, TAG, REPOSITORY));

    private final Operator operator;
    private final @Nullable OperatorRun run;
    private final @Nullable Release release;
    private final @Nullable OperatorResource resource;
    private final OtherObjects others;
    private final Map<String, List<String>> values = new HashMap<>();
    private boolean assumed;

    private Evaluation(
            Operator operator, @Nullable OperatorRun run, @Nullable OperatorResource resource, OtherObjects others) {
        this.operator = operator;
        this.run = run;
        this.release = run == null ? null : run.release().orElse(operator.nearest(run.version()));
        this.resource = resource;
        this.others = others;
    }

    /** {@return the evaluation for an operator and a custom resource} */
    public static Evaluation of(OperatorRun run, OperatorResource resource, OtherObjects others) {
        return new Evaluation(run.operator(), run, resource, others);
    }

    /** {@return the evaluation for an operator, of whose resources nothing is known} */
    public static Evaluation ofOperator(OperatorRun run, OtherObjects others) {
        return new Evaluation(run.operator(), run, null, others);
    }

    /** {@return the evaluation for a custom resource, of whose operator only the name is known} */
    public static Evaluation ofResource(Operator operator, OperatorResource resource, OtherObjects others) {
        return new Evaluation(operator, null, resource, others);
    }

    /**
     * The image of a fact.
     *
     * @param texts the texts, of which there are several if a field has several values; empty if nothing is started, or
     *     if the text is not known
     * @param isAssumed whether something was assumed that is not known, such as the arguments of the operator
     * @param missing the values that are not known; empty if nothing is started, or if the texts are known
     */
    public record Result(List<String> texts, boolean isAssumed, List<String> missing) {
        /** The result if nothing is started. */
        public static final Result NOTHING = new Result(List.of(), false, List.of());
    }

    /** {@return the image of a fact} */
    public Result images(Fact fact) {
        assumed = false;
        values.clear();
        boolean known = release == null
                ? fact.before().isEmpty()
                : fact.isOf(run != null && run.isKnown() ? runVersion() : release.number());
        if (!known || !hold(fact.conditions())) {
            return Result.NOTHING;
        }
        List<List<String>> texts = fact.images().stream()
                .map(it -> it.fill(this::values))
                .filter(it -> !it.isEmpty())
                .toList();
        if (texts.isEmpty()) {
            return new Result(
                    List.of(), assumed, missing(fact.images().get(fact.images().size() - 1)));
        }
        List<String> images =
                texts.stream().filter(Evaluation::areImages).findFirst().orElse(texts.get(0));
        return new Result(images, assumed, List.of());
    }

    private static boolean areImages(List<String> texts) {
        try {
            texts.forEach(ImageReference::parse);
            return true;
        } catch (ImageReferenceException e) {
            return false;
        }
    }

    private List<String> missing(Template image) {
        return image.names().stream()
                .filter(it -> values(it).isEmpty())
                .distinct()
                .map(this::shown)
                .toList();
    }

    private Version runVersion() {
        Version version = run == null ? null : run.version().map(Version::of).orElse(null);
        return version == null ? operator.releases().get(0).number() : version;
    }

    private String shown(String name) {
        List<ValueSource> sources = operator.values().getOrDefault(name, List.of());
        return sources.isEmpty()
                ? name
                : String.join(
                        " or ", sources.stream().map(it -> it.lookup().shown()).toList());
    }

    private List<String> values(String name) {
        List<String> known = values.get(name);
        if (known == null) {
            known = BUILT_IN.contains(name)
                    ? builtIn(name)
                    : ofSources(operator.values().getOrDefault(name, List.of()));
            values.put(name, known);
        }
        return known;
    }

    private List<String> builtIn(String name) {
        if (run == null) {
            return List.of();
        }
        if (name.equals(REPOSITORY)) {
            return List.of(run.repository());
        }
        Optional<String> version =
                run.version().or(() -> Optional.ofNullable(release).map(Release::version));
        return name.equals(TAG) && !run.tag().isEmpty()
                ? List.of(run.tag())
                : version.stream().toList();
    }

    private List<String> ofSources(List<ValueSource> sources) {
        for (ValueSource source : sources) {
            if (hold(source.conditions())) {
                List<String> texts = look(source.lookup()).texts();
                if (!texts.isEmpty()) {
                    return texts.stream().map(source::value).toList();
                }
            }
        }
        return List.of();
    }

    private boolean hold(Conditions conditions) {
        return conditions.when().stream().allMatch(it -> isUndecided(it) || holds(it))
                && conditions.unless().stream().noneMatch(it -> !isUndecided(it) && holds(it));
    }

    /** {@return whether a condition depends on a resource that is not known} */
    private boolean isUndecided(Condition condition) {
        return resource == null && condition.lookup().isOfResource();
    }

    private boolean holds(Condition condition) {
        FieldValues found = look(condition.lookup());
        return condition.isOfPresence() ? found.isSet() : found.texts().stream().anyMatch(condition::test);
    }

    private FieldValues look(Lookup lookup) {
        return switch (lookup.kind()) {
            case FIELD -> field(lookup);
            case ARGUMENT -> ofContainer(lookup, true);
            case VARIABLE -> ofContainer(lookup, false);
            case RELEASE -> ofRelease(lookup.name().fill(this::values));
            case TEXT -> ofTexts(lookup.name().fill(this::values));
        };
    }

    private FieldValues field(Lookup lookup) {
        FieldQuery query = lookup.query().orElseThrow();
        if (!lookup.of().isEmpty()) {
            List<FieldValues> found =
                    lookup.of().stream().map(it -> others.values(it, query)).toList();
            return new FieldValues(
                    found.stream().flatMap(it -> it.texts().stream()).distinct().toList(),
                    found.stream().anyMatch(FieldValues::isSet));
        }
        return resource == null ? FieldValues.NONE : resource.values(query);
    }

    private FieldValues ofContainer(Lookup lookup, boolean argument) {
        Optional<OperatorContainer> container = run == null ? Optional.empty() : run.container();
        if (container.isEmpty()) {
            assumed = true;
            return FieldValues.NONE;
        }
        return ofTexts(lookup.name().fill(this::values).stream()
                .map(it -> argument
                        ? container.get().arguments().get(OperatorContainer.name(it))
                        : container.get().variables().get(it))
                .filter(it -> it != null && !it.isEmpty())
                .toList());
    }

    private FieldValues ofRelease(List<String> names) {
        Map<String, String> known = release == null ? Map.of() : release.values();
        return ofTexts(names.stream().filter(known::containsKey).map(known::get).toList());
    }

    private static FieldValues ofTexts(List<String> texts) {
        return new FieldValues(texts, !texts.isEmpty());
    }
}
