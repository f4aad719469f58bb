package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.sealos.images.ChartScenario;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageRule;
import io.sealos.images.ImageScanner;
import io.sealos.images.ManifestField;
import io.sealos.images.ScanSession;
import io.sealos.images.VirtualContext;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileBuilder;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.LayoutScaffold;
import io.sealos.layout.LayoutValidator;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each public type is a value, which can be compared and printed, or is listed here with the reason why it is none. */
class ValueTypeTests {
    private static final Set<String> EXPORTED = Set.of(
            "io.sealos",
            "io.sealos.kubefile",
            "io.sealos.images",
            "io.sealos.layout",
            "io.sealos.oci",
            "io.sealos.oci.jib",
            "io.sealos.oci.trust");

    private static final String BUILDER = "a builder changes";
    private static final String WORKER = "it works, and has settings that cannot be compared, such as functions";
    private static final String VIEW = "it shows what a file or directory is at the moment";
    private static final String PLACE = "it is a place that is read or written, with the access to it";

    private static final Map<Class<?>, String> NO_VALUES = noValues();

    private static Map<Class<?>, String> noValues() {
        Map<Class<?>, String> types = new LinkedHashMap<>();
        builders().forEach(type -> types.put(type, BUILDER));
        List.of(
                        ImageScanner.class,
                        ScanSession.class,
                        LayoutRule.class,
                        LayoutScaffold.class,
                        LayoutValidator.class,
                        FindingSink.class,
                        ClusterImage.class,
                        BlobStore.class,
                        Progress.class,
                        BackgroundBuild.class,
                        ConsoleProgress.class,
                        ImageOutput.class,
                        ImageMerge.class,
                        ImageIndex.class,
                        RegistryAccess.class)
                .forEach(type -> types.put(type, WORKER));
        List.of(ManifestField.class, ClusterImageLayout.class, ContextFile.class, VirtualContext.class)
                .forEach(type -> types.put(type, VIEW));
        List.of(DaemonImage.class, MadeImage.class, RegistryImage.class).forEach(type -> types.put(type, PLACE));
        return types;
    }

    private static List<Class<?>> builders() {
        return List.of(
                BuildOptions.Builder.class,
                ContainerConfig.Builder.class,
                KubefileBuilder.class,
                ChartScenario.Builder.class,
                ImageLock.Builder.class,
                ImageScanner.Builder.class,
                LayoutValidator.Builder.class,
                ClusterImageBuilder.class,
                VirtualContext.Builder.class,
                RegistryAccess.Builder.class,
                SignaturePolicy.Builder.class);
    }

    /** Returns the public classes with state. Enums, records and exceptions have what is asked for. */
    private static List<Class<?>> publicTypes() {
        return ArchitectureTests.CLASSES.stream()
                .filter(type -> EXPORTED.contains(type.getPackageName()))
                .map(JavaClass::reflect)
                .filter(ValueTypeTests::isPublic)
                .filter(ValueTypeTests::hasState)
                .<Class<?>>map(type -> type)
                .toList();
    }

    private static boolean isPublic(Class<?> type) {
        boolean nested = type.getDeclaringClass() != null;
        return Modifier.isPublic(type.getModifiers()) && (!nested || isPublic(type.getDeclaringClass()));
    }

    private static boolean hasState(Class<?> type) {
        boolean concrete = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
        return concrete
                && !type.isEnum()
                && !type.isRecord()
                && !Throwable.class.isAssignableFrom(type)
                && Stream.<Class<?>>iterate(type, it -> it != Object.class, Class::getSuperclass)
                        .flatMap(it -> Arrays.stream(it.getDeclaredFields()))
                        .anyMatch(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type.getName(), e);
        }
    }

    private static boolean isComparable(Class<?> type) {
        return declares(type, "equals", Object.class) && declares(type, "hashCode");
    }

    @Test
    void typesWhenTheyArePublicCanBeComparedAndPrinted() {
        List<String> lacking = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            if (!NO_VALUES.containsKey(type) && !isComparable(type)) {
                lacking.add(type.getName() + " has no equals and hashCode");
            }
            if (!NO_VALUES.containsKey(type) && !declares(type, "toString")) {
                lacking.add(type.getName() + " has no toString");
            }
        }
        assertThat(lacking).isEmpty();
        assertThat(publicTypes()).hasSizeGreaterThan(80).contains(ImageRule.class, ImageLock.Entry.class);
    }

    @Test
    void typesWhenTheyAreListedAreNoValues() {
        assertThat(NO_VALUES.keySet())
                .allSatisfy(type -> assertThat(isComparable(type)).isFalse())
                .isSubsetOf(publicTypes());
    }

    @TempDir
    private Path directory;

    private Path context() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.createDirectories(context.resolve("manifests"));
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "a/b:1\nnginx\n");
        Files.writeString(
                context.resolve("manifests/app.yaml"), "kind: Pod\nspec: {containers: [{image: c/d}, {image: ''}]}\n");
        Files.writeString(context.resolve("Kubefile"), """
                ARG V=1
                FROM scratch AS files
                ENV A=$V PASSWORD=x
                COPY --chown=1:2 manifests manifests
                FROM files
                WORKDIR /w
                VOLUME /v
                LABEL sealos.io.type=application
                COPY registry registry
                CMD ["kubectl", "apply -f manifests"]
                """);
        return context;
    }

    private ClusterImageBuilder builder() throws IOException {
        return ClusterImage.builder().context(context()).tag("a/b:1").contentStore(directory.resolve("store"));
    }

    @Test
    void plansWhenTheSameIsPlannedTwiceAreEqualInAllTheirParts() throws IOException {
        BuildPlan one = builder().build().plan();
        BuildPlan other = builder().build().plan();

        assertThat(one).isNotSameAs(other).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.report()).isEqualTo(other.report()).hasSameHashCodeAs(other.report());
        assertThat(one.inventory()).isEqualTo(other.inventory()).hasSameHashCodeAs(other.inventory());
        assertThat(one.stages()).isEqualTo(other.stages()).hasSameHashCodeAs(other.stages());
        assertThat(one.layers()).isEqualTo(other.layers()).hasSameHashCodeAs(other.layers());
        assertThat(one.findings()).isNotEmpty().isEqualTo(other.findings());
        assertThat(one).hasToString("plan of [docker.io/a/b:1] for [linux/amd64] with 3 images, gaps: 0");
        assertThat(one.inventory()).hasToString("images: 3, problems: 0, gaps: 0");
        assertThat(one.report()).asString().startsWith("found: ");
    }

    @Test
    void plansWhenAnythingDiffersAreNotEqual() throws IOException {
        BuildPlan plan = builder().build().plan();

        assertThat(builder().platform("linux/arm64").build().plan()).isNotEqualTo(plan);
        assertThat(builder().label("a", "b").build().plan()).isNotEqualTo(plan);
        Path context = context();
        Files.writeString(context.resolve("images/shim/list"), "a/b:2\nnginx\n");
        BuildPlan later = ClusterImage.builder()
                .context(context)
                .tag("a/b:1")
                .contentStore(directory.resolve("store"))
                .build()
                .plan();
        assertThat(later).isNotEqualTo(plan);
        assertThat(later.inventory()).isNotEqualTo(plan.inventory());
        assertThat(later.layers()).isEqualTo(plan.layers());
    }

    @Test
    void kubefilesWhenTheirTextIsTheSameAreEqualWithTheirInstructions() {
        String text = "FROM scratch\nENV A=1 B=2\nCOPY a b\n";
        Kubefile one = Kubefile.parse(text);
        Kubefile other = Kubefile.parse(text);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(Kubefile.parse(text + "\n"));
        assertThat(one.instructions()).isEqualTo(other.instructions()).hasSameHashCodeAs(other.instructions());
        assertThat(one.instructions().get(0))
                .isNotEqualTo(one.instructions().get(1))
                .isNotEqualTo(Kubefile.parse("\n" + text).instructions().get(0));
        BuildOptions options = BuildOptions.defaults();
        assertThat(one.evaluate(options)).isEqualTo(other.evaluate(options)).hasSameHashCodeAs(other.evaluate(options));
        assertThat(options).isEqualTo(BuildOptions.defaults()).hasSameHashCodeAs(BuildOptions.defaults());
    }

    @Test
    void configurationsWhenTheOrderOfVariablesDiffersAreNotEqual() {
        ContainerConfig one = Kubefile.parse("FROM scratch\nENV A=1 B=2\n")
                .evaluate(BuildOptions.defaults())
                .config();
        ContainerConfig other = Kubefile.parse("FROM scratch\nENV B=2 A=1\n")
                .evaluate(BuildOptions.defaults())
                .config();

        assertThat(one).isNotEqualTo(other).hasToString("cmd [] entrypoint [] env [PATH, A, B] labels []");
    }

    @Test
    void toStringWhenValuesMayBeSecretShowsNamesOnly() {
        BuildOptions options = BuildOptions.builder()
                .buildArg("TOKEN", "hunter2")
                .env("PASSWORD", "hunter2")
                .label("key", "hunter2")
                .target("last")
                .build();

        assertThat(options).hasToString("linux/amd64 target last arguments [TOKEN] labels [key] env [PASSWORD]");
        assertThat(options).isNotEqualTo(BuildOptions.defaults());
    }
}
