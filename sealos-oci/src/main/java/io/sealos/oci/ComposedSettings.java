package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The settings of an image that is composed of finished images. Immutable. */
record ComposedSettings(
        List<Input> inputs,
        List<ImageReference> tags,
        RegistryAccess access,
        Optional<Path> store,
        boolean offline,
        Optional<Executor> executor,
        BuildListener listener) {
    ComposedSettings {
        inputs = List.copyOf(inputs);
        tags = List.copyOf(tags);
    }

    /** A finished image. */
    record Input(ImageSource source, ImageChoice choice) {}

    static ComposedSettings of(List<ImageSource> sources) {
        List<Input> inputs = sources.stream()
                .map(source -> new Input(source, ImageChoice.any()))
                .toList();
        return new ComposedSettings(
                inputs,
                List.of(),
                RegistryAccess.defaults(),
                Optional.empty(),
                false,
                Optional.empty(),
                BuildListener.NONE);
    }

    ComposedSettings withInput(Input input) {
        List<Input> more = new ArrayList<>(inputs);
        more.add(input);
        return new ComposedSettings(more, tags, access, store, offline, executor, listener);
    }

    ComposedSettings withTag(String reference) {
        BuilderSettings names = new BuilderSettings();
        names.tags.addAll(tags);
        names.addTag(reference);
        return new ComposedSettings(inputs, List.copyOf(names.tags), access, store, offline, executor, listener);
    }

    ComposedSettings withAccess(RegistryAccess other) {
        return new ComposedSettings(inputs, tags, other, store, offline, executor, listener);
    }

    ComposedSettings withStore(Path directory) {
        return new ComposedSettings(inputs, tags, access, Optional.of(directory), offline, executor, listener);
    }

    ComposedSettings withOffline(boolean withoutNetwork) {
        return new ComposedSettings(inputs, tags, access, store, withoutNetwork, executor, listener);
    }

    ComposedSettings withExecutor(Executor other) {
        return new ComposedSettings(inputs, tags, access, store, offline, Optional.of(other), listener);
    }

    ComposedSettings withListener(BuildListener other) {
        return new ComposedSettings(inputs, tags, access, store, offline, executor, BuilderSettings.isolated(other));
    }

    /** {@return the tags in their canonical form} */
    List<String> names() {
        return tags.stream().map(ImageReference::toString).toList();
    }

    BuildResources resources() {
        return new BuildResources(
                access.settings(), offline, SignatureRules.NONE, executor, store, Optional.empty(), listener);
    }

    /** {@return the sources for messages, such as {@code oci:a and oci:b}} */
    String sources() {
        return inputs.stream().map(input -> input.source().toString()).collect(Collectors.joining(" and "));
    }

    /** {@return whether an image has to be fetched into the content store} */
    boolean usesRegistry() {
        return inputs.stream().anyMatch(input -> input.source() instanceof RegistryImage);
    }

    /** {@return the platforms of a list without those that match an earlier one, such as arm64/v8 after arm64} */
    static List<Platform> distinct(List<Platform> platforms) {
        List<Platform> distinct = new ArrayList<>();
        for (Platform platform : platforms) {
            if (distinct.stream().noneMatch(known -> Platforms.matches(known, platform.toString()))) {
                distinct.add(platform);
            }
        }
        return distinct;
    }
}
