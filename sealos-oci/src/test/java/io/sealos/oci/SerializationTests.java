package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import io.sealos.kubefile.KubefileProblem;
import io.sealos.layout.LayoutException;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.LayoutValidator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exceptions keep all of their parts when they go to another process, as build servers send them. */
class SerializationTests {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sealos");

    private final Set<String> lost = new TreeSet<>();
    private final Set<String> looked = new HashSet<>();

    private void lookAt(JavaClass type) {
        if (!looked.add(type.getName()) || type.isPrimitive() || type.isEnum()) {
            return;
        }
        if (type.isArray()) {
            lookAt(type.getComponentType());
        } else if (!type.isAssignableTo(Serializable.class)) {
            lost.add(type.getName() + " is not Serializable");
        } else if (type.getName().startsWith("io.sealos.")
                && type.tryGetMethod("writeReplace").isEmpty()) {
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .forEach(this::lookAt);
        }
    }

    private void lookAt(JavaField field) {
        if (field.getModifiers().contains(JavaModifier.TRANSIENT)) {
            lost.add(field.getFullName() + " is transient");
        } else if (field.getRawType().isEquivalentTo(List.class)) {
            // All lists here are made by List.copyOf or Stream.toList.
            JavaType element = ((JavaParameterizedType) field.getType())
                    .getActualTypeArguments()
                    .get(0);
            lookAt(element.toErasure());
        } else {
            lookAt(field.getRawType());
        }
    }

    private static <T> T copy(T original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T copied = (T) in.readObject();
            return copied;
        }
    }

    private static List<String> texts(List<?> parts) {
        return parts.stream().map(String::valueOf).toList();
    }

    @Test
    void exceptionsWhenLookedAtHaveNoPartThatIsLost() {
        List<JavaClass> exceptions = CLASSES.stream()
                .filter(type -> type.isAssignableTo(Throwable.class))
                .toList();
        assertThat(exceptions).hasSizeGreaterThan(20);
        exceptions.forEach(this::lookAt);
        assertThat(lost).isEmpty();
    }

    @Test
    void kubefileProblemsWhenCopiedAreWhole() throws Exception {
        KubefileParseException parse = Objects.requireNonNull(
                catchThrowableOfType(KubefileParseException.class, () -> Kubefile.parse("FROM scratch\nNOPE x\n")));
        assertThat(texts(copy(parse).problems()))
                .isEqualTo(texts(parse.problems()))
                .isNotEmpty();
        KubefileProblem problem = copy(parse).problems().get(0);
        assertThat(problem.range().start()).hasToString("2:1");
        assertThat(problem.snippet()).contains("NOPE x");

        KubefileEvaluationException evaluation = Objects.requireNonNull(catchThrowableOfType(
                KubefileEvaluationException.class,
                () -> Kubefile.parse("FROM scratch\nENV A=${B?}\n").evaluate(BuildOptions.defaults())));
        assertThat(texts(copy(evaluation).problems()))
                .isEqualTo(texts(evaluation.problems()))
                .isNotEmpty();
    }

    @Test
    void layoutReportWhenCopiedIsWhole(@TempDir Path context) throws Exception {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY nothing nothing\nCMD ['echo hello']\n");
        LayoutException thrown = Objects.requireNonNull(catchThrowableOfType(
                LayoutException.class,
                () -> LayoutValidator.standard().validate(context).orThrow()));
        LayoutReport report = thrown.report();
        LayoutReport copied = copy(thrown).report();
        assertThat(texts(copied.findings())).isEqualTo(texts(report.findings())).isNotEmpty();
        assertThat(texts(copied.suppressed())).isEqualTo(texts(report.suppressed()));
        assertThat(copied.rules())
                .extracting(LayoutRule::summary)
                .isEqualTo(report.rules().stream().map(LayoutRule::summary).toList());
        assertThat(recorded(copied, context)).isEqualTo(recorded(report, context));
        assertThat(copied.fixed().map(Kubefile::toSource))
                .isEqualTo(report.fixed().map(Kubefile::toSource))
                .isPresent();
    }

    private static byte[] recorded(LayoutReport report, Path directory) throws IOException {
        Path record = directory.resolve("record");
        Files.deleteIfExists(record);
        report.writeCleanFiles(record);
        return Files.readAllBytes(record);
    }

    @Test
    void imageFailuresWhenCopiedAreWhole() throws Exception {
        ImageReferenceException reference = Objects.requireNonNull(
                catchThrowableOfType(ImageReferenceException.class, () -> ImageReference.parse("A:b")));
        assertThat(copy(reference).part()).isEqualTo(reference.part());

        ImageSaveException.Failure unsaved =
                new ImageSaveException.Failure("image", "place:1", "host", 401, "problem", "hint");
        ImageSaveException save = new ImageSaveException(List.of(unsaved), 1);
        assertThat(copy(save).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.image()).isEqualTo("image");
            assertThat(failure.askedAt()).isEqualTo("place:1");
            assertThat(failure.status()).isEqualTo(401);
            assertThat(failure.fix()).isEqualTo("hint");
        });

        ImagePushException push = copy(new ImagePushException(
                ImageReference.parse("registry.example/team/app:1"),
                List.of(new ImagePushException.Failure("part", "host", 500, "problem", "hint"))));
        assertThat(push.image()).isEqualTo("registry.example/team/app");
        assertThat(texts(push.failures())).containsExactly("part: problem; hint");
    }

    @Test
    void otherFailuresWhenCopiedAreWhole() throws Exception {
        assertThat(copy(new BuildRefusedException(List.of(
                                new SealosException.Part("file:1", "one", "fix"),
                                new SealosException.Part("", "two", ""))))
                        .reasons())
                .containsExactly("file:1: one; fix", "two");
        assertThat(copy(new InvalidOciLayoutException("layout", List.of("one"))).mismatches())
                .containsExactly("one");
        assertThat(copy(new ImageChoiceException("source", "2 images", List.of("a", "b")))
                        .available())
                .containsExactly("a", "b");
    }
}
