package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.oci.peers.HandMadeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Registry directories, each with what a Pod asks for and the pairs of control host and node, such as
 * {@code amd64>arm64}, for which it arrives.
 */
enum SiteCase {
    TAG("amd64>amd64 arm64>amd64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag("1", registry.image("amd64"));
            return ":1";
        }
    },
    TAG_AND_DIGEST("amd64>amd64 arm64>amd64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String image = registry.image("amd64");
            registry.tag("1", image);
            return ":1@" + image;
        }
    },
    PLAIN_LAYER_BY_TAG("amd64>amd64 arm64>amd64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String image = registry.plainImage("amd64");
            registry.tag("1", image);
            return ":1@" + image;
        }
    },
    PLAIN_LAYER_BY_DIGEST("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String image = registry.plainImage("amd64");
            registry.tag("1", image);
            return "@" + image;
        }
    },
    INDEX_WITH_ONE_IMAGE_THERE("arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = sparseIndex(registry);
            registry.tag("1", index);
            return ":1";
        }
    },
    INDEX_WITH_ONE_IMAGE_THERE_BY_DIGEST("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = sparseIndex(registry);
            registry.tag("1", index);
            return "@" + index;
        }
    },
    INDEX_WHOSE_IMAGE_HAS_THE_TAG("amd64>arm64 arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = sparseIndex(registry);
            registry.tag("1", registry.image("arm64"));
            return ":1@" + index;
        }
    },
    WHOLE_INDEX_BY_TAG("amd64>amd64 arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag("1", wholeIndex(registry));
            return ":1";
        }
    },
    WHOLE_INDEX_BY_DIGEST("amd64>amd64 amd64>arm64 arm64>amd64 arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = wholeIndex(registry);
            registry.tag("any", index);
            return "@" + index;
        }
    },
    INDEX_OF_A_PLAIN_IMAGE_BY_DIGEST("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = registry.index(
                    registry.entry(registry.image("amd64"), "linux/amd64"),
                    registry.entry(registry.plainImage("arm64"), "linux/arm64"));
            registry.tag("any", index);
            return "@" + index;
        }
    },
    NO_TAG("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            return "@" + registry.image("amd64");
        }
    },
    EMPTY_TAG_DIRECTORY("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.emptyTags();
            return "@" + registry.image("amd64");
        }
    },
    LATEST_STANDS_IN_FOR_AN_INDEX("amd64>arm64 arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String index = sparseIndex(registry);
            registry.tag("latest", registry.image("arm64"));
            return "@" + index;
        }
    },
    INDEX_OF_INDEXES("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag("1", registry.index(registry.entry(wholeIndex(registry), "linux/amd64")));
            return ":1";
        }
    },
    MIXED_TYPES("amd64>amd64 arm64>amd64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            String image = registry.mixedImage("amd64");
            registry.tag("1", image);
            return "@" + image;
        }
    },
    INDEX_OF_MIXED_TYPES("amd64>amd64 amd64>arm64 arm64>amd64 arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag(
                    "1",
                    registry.index(
                            registry.entry(registry.mixedImage("amd64"), "linux/amd64"),
                            registry.entry(registry.mixedImage("arm64"), "linux/arm64")));
            return ":1";
        }
    },
    USUAL_VARIANT("arm64>arm64") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag(
                    "1",
                    registry.index(
                            registry.entry(registry.image("arm64"), "linux/arm64/v8"),
                            registry.entry(MISSING, "linux/s390x")));
            return ":1";
        }
    },
    LAYER_IS_MISSING("") {
        @Override
        String write(HandMadeRegistry registry) throws IOException {
            registry.tag("1", registry.image("amd64"));
            registry.lose(HandMadeRegistry.layer("amd64"));
            return ":1";
        }
    };

    private static final String MISSING = "sha256:" + "ab".repeat(32);

    private final String arrives;

    SiteCase(String arrives) {
        this.arrives = arrives;
    }

    /** Fills the repository; the tag or digest that is asked for. */
    abstract String write(HandMadeRegistry registry) throws IOException;

    /** Fills the directory; what a Pod asks for. */
    ImageReference writeTo(Path directory) throws IOException {
        return ImageReference.parse("any.host/team/app" + write(new HandMadeRegistry(directory, "team/app")));
    }

    boolean arrives(String host, String node) {
        return List.of(arrives.split(" ")).contains(host + ">" + node);
    }

    private static String sparseIndex(HandMadeRegistry registry) throws IOException {
        return registry.index(
                registry.entry(registry.image("arm64"), "linux/arm64"), registry.entry(MISSING, "linux/amd64"));
    }

    private static String wholeIndex(HandMadeRegistry registry) throws IOException {
        return registry.index(
                registry.entry(registry.image("amd64"), "linux/amd64"),
                registry.entry(registry.image("arm64"), "linux/arm64"));
    }
}
