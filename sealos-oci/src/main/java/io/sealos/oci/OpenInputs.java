package io.sealos.oci;

import io.sealos.internal.text.Count;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.read.Platforms;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The images of a composed image, which can be read until this object is closed, and a directory for its files. */
final class OpenInputs implements Closeable {
    private final ComposedSettings settings;
    private final List<FoundImages> opened = new ArrayList<>();
    private final List<OutgoingDirectory> work = new ArrayList<>();

    OpenInputs(ComposedSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return the images for each platform, one list for each input}
     *
     * @param wanted the platforms that are needed; empty for all
     */
    List<List<FoundImage>> find(List<Platform> wanted) throws IOException {
        for (ComposedSettings.Input input :
                settings.inputs().subList(opened.size(), settings.inputs().size())) {
            opened.add(input.source().find(input.choice(), wanted, settings.resources()));
        }
        return opened.stream().map(FoundImages::platforms).toList();
    }

    /** {@return the image of an input for a platform} */
    static FoundImage forPlatform(List<FoundImage> input, Platform platform, String name) {
        List<FoundImage> fitting = input.stream()
                .filter(image -> Platforms.matches(platform, image.platform().toString()))
                .toList();
        if (fitting.size() != 1) {
            String found = fitting.isEmpty() ? "no image" : Count.of(fitting.size(), "image");
            throw new ImageChoiceException(name, found + " for " + platform, List.of(platforms(input)));
        }
        return fitting.get(0);
    }

    /** {@return the platforms of an input for messages} */
    static String platforms(List<FoundImage> input) {
        return input.stream().map(image -> image.platform().toString()).collect(Collectors.joining(", "));
    }

    /** {@return a directory for files that are only needed until this object is closed} */
    OutgoingDirectory work() throws IOException {
        if (work.isEmpty()) {
            work.add(OutgoingDirectory.passing(settings.resources().store().outgoing()));
        }
        return work.get(0);
    }

    @Override
    public void close() throws IOException {
        try {
            for (FoundImages images : opened) {
                images.close();
            }
        } finally {
            for (OutgoingDirectory directory : work) {
                directory.close();
            }
        }
    }
}
