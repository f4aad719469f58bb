package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.internal.finder.ManifestObject;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.VisitedMapping;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the containers of operators, and the objects that decide which images they start. It reports no images. */
public final class OperatorFinder implements MappingFinder {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    /** Receives what is found. */
    public interface Listener {
        /**
         * Receives a container of an operator.
         *
         * @param run the operator
         * @param image the field with its image
         * @param path the path of that field
         */
        void run(OperatorRun run, YamlNode image, String path);

        /**
         * Receives a custom resource for which operators start images.
         *
         * @param resource its fields
         * @param name its name
         * @param node the resource
         * @param path its path in the document
         */
        void resource(OperatorResource resource, String name, YamlNode node, String path);

        /**
         * Receives another object from which values are taken.
         *
         * @param object its fields
         */
        void object(OperatorResource object);
    }

    private final Operators operators;
    private final Listener listener;

    public OperatorFinder(Operators operators, Listener listener) {
        this.operators = operators;
        this.listener = listener;
    }

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        if (mapping.isDoubtful()) {
            return;
        }
        for (String key : CONTAINERS) {
            YamlNode list = mapping.node().get(key);
            if (list != null && list.isSequence()) {
                containers(list, mapping.path().key(key));
            }
        }
        ManifestObject object = mapping.object();
        if (mapping.path() == object.start() && !object.isInText()) {
            String kind = object.group().isEmpty() ? object.name() : object.group() + "/" + object.name();
            YamlNode metadata = mapping.node().get("metadata");
            // A mapping without metadata refers to an object, but is none.
            if (operators.isKnown(kind) && metadata != null && metadata.isMapping()) {
                object(kind, metadata, mapping);
            }
        }
    }

    private void containers(YamlNode list, YamlPath path) {
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode container = list.items().get(i);
            YamlNode image = container.get("image");
            Optional<ImageReference> reference = reference(image);
            if (image != null && reference.isPresent()) {
                String place = path.index(i).key("image").toString();
                operators
                        .runBy(reference.get())
                        .map(it -> OperatorRun.of(it, reference.get(), Optional.of(OperatorContainer.of(container))))
                        .ifPresent(it -> listener.run(it, image, place));
            }
        }
    }

    private static Optional<ImageReference> reference(@Nullable YamlNode image) {
        try {
            return image == null || image.text().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ImageReference.parse(image.text().strip()));
        } catch (ImageReferenceException e) {
            // The finder of pods reports it.
            return Optional.empty();
        }
    }

    private void object(String kind, YamlNode metadata, VisitedMapping mapping) {
        Map<String, FieldValues> fields = new LinkedHashMap<>();
        operators.fields(kind).forEach(it -> {
            FieldValues values = FieldValues.of(mapping.node(), it);
            if (values.isSet()) {
                fields.put(it.text(), values);
            }
        });
        YamlNode annotations = metadata.get("annotations");
        String hook = annotations == null ? "" : annotations.textOf("helm.sh/hook");
        OperatorResource object = new OperatorResource(kind, fields, hook);
        if (operators.isResource(kind)) {
            listener.resource(
                    object,
                    metadata.textOf("name"),
                    mapping.node(),
                    mapping.path().toString());
        }
        if (!fields.isEmpty()) {
            listener.object(object);
        }
    }
}
