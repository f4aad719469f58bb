package io.sealos.oci;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.sealos.SealosException;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of modules and packages. This module sees all others, so that one place holds them. */
class ArchitectureTests {
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sealos");

    private static final List<String> MODULES = List.of("kubefile", "images", "layout", "oci");

    @Test
    void importWhenRunSeesAllModules() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(CLASSES)
                        .anyMatch(type -> type.getPackageName().equals("io.sealos." + module)));
    }

    @Test
    void modulesWhenTheyDependLeanOneWay() {
        for (int lower = 0; lower < MODULES.size(); lower++) {
            for (String upper : MODULES.subList(lower + 1, MODULES.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("io.sealos." + MODULES.get(lower) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.sealos." + upper + "..")
                        .check(CLASSES);
            }
        }
    }

    @Test
    void internalsWhenUsedAreUsedByTheirOwnModuleOnly() {
        for (String module : MODULES) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.sealos." + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.sealos." + module + ".internal..")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void writerWhenItDependsKnowsNeitherKubefileNorLayoutButPlatformAndConfiguration() {
        noClasses()
                .that()
                .resideInAPackage("io.sealos.oci.internal..")
                .and()
                .resideOutsideOfPackage("io.sealos.oci.internal.build..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.sealos.kubefile..", "io.sealos.layout..")
                        .and(not(equivalentTo(Platform.class)))
                        .and(not(belongToAnyOf(ContainerConfig.class))))
                .check(CLASSES);
    }

    @Test
    void exceptionsWhenTheyArePublicAreSealosExceptions() {
        classes()
                .that()
                .arePublic()
                .and()
                .areAssignableTo(Throwable.class)
                .and()
                .resideOutsideOfPackage("..internal..")
                .should()
                .beAssignableTo(SealosException.class)
                .check(CLASSES);
    }

    @Test
    void kubefileInternalsWhenTheyDependKnowNoPublicType() {
        noClasses()
                .that()
                .resideInAPackage("io.sealos.kubefile.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sealos.kubefile")
                .check(CLASSES);
    }

    @Test
    void packagesBelowInternalWhenTheyDependHaveNoCycle() {
        for (String module : MODULES) {
            slices().matching("io.sealos." + module + ".internal.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(CLASSES);
        }
    }

    /** Fetching leans one way; neither the store nor an HTTP exchange knows what an image is saved for. */
    @Test
    void packagesOfSavingWhenTheyDependLeanOneWay() {
        List<String> packages = List.of("credential", "http", "client", "store", "source", "registrytree", "save");
        for (int lower = 0; lower < packages.size(); lower++) {
            for (String upper : packages.subList(lower + 1, packages.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("io.sealos.oci.internal." + packages.get(lower))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.sealos.oci.internal." + upper)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void writerWhenItDependsDoesNotKnowTheBuildThatUsesIt() {
        noClasses()
                .that()
                .resideInAPackage("io.sealos.oci.internal..")
                .and()
                .resideOutsideOfPackage("io.sealos.oci.internal.build..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sealos.oci.internal.build..")
                .check(CLASSES);
    }

    @Test
    void stepsOfTheBuildWhenTheyDependHaveNoCycle() {
        slices().matching("io.sealos.oci.internal.build.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.sealos.oci.internal.build.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sealos.oci.internal.build")
                .check(CLASSES);
    }

    @Test
    void packagesWhenDeclaredAreNullMarked() {
        classes()
                .should(new ArchCondition<>("lie in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(
                                new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
                    }
                })
                .check(CLASSES);
    }

    /** The bridge to Jib apart, which is there to show Jib's types. */
    @Test
    void publicApiWhenReadShowsNoTypeOfAThirdParty() {
        classes()
                .that(arePublicApi())
                .and()
                .resideOutsideOfPackage("io.sealos.oci.jib")
                .should(new ArchCondition<>("show only types of the JDK and of this project") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        shownBy(type)
                                .filter(shown -> !isOurs(shown))
                                .forEach(shown -> events.add(SimpleConditionEvent.violated(
                                        type, type.getName() + " shows " + shown.getName())));
                    }
                })
                .check(CLASSES);
    }

    @Test
    void publicApiWhenExtendedIsFinalOrSealed() {
        classes()
                .that(arePublicApi())
                .and()
                .areNotInterfaces()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .beEnums()
                .orShould(haveNoPublicConstructor())
                .check(CLASSES);
    }

    @Test
    void libraryWhenRunNeitherPrintsNorExits() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .allowEmptyShould(true)
                .check(CLASSES.that(DescribedPredicate.not(isChildProcess())));
        noClasses()
                .that(DescribedPredicate.not(isChildProcess()))
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    /** Abstract, and closed to others all the same. */
    private static ArchCondition<JavaClass> haveNoPublicConstructor() {
        return new ArchCondition<>("have no public constructor") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.getConstructors().stream()
                        .noneMatch(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC));
                events.add(new SimpleConditionEvent(type, closed, type.getName() + " has a public constructor"));
            }
        };
    }

    /** The child JVM that renders charts speaks to its parent through its standard streams. */
    private static DescribedPredicate<JavaClass> isChildProcess() {
        return DescribedPredicate.describe(
                "is the child process that renders charts",
                type -> type.getPackageName().startsWith("io.sealos.images.internal.helm")
                        && type.getSimpleName().equals("Guardian"));
    }

    private static DescribedPredicate<JavaClass> arePublicApi() {
        return DescribedPredicate.describe(
                "are public API",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal")
                        && type.isTopLevelClass());
    }

    private static Stream<JavaClass> shownBy(JavaClass type) {
        return type.getMembers().stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                .map(JavaMember::getAllInvolvedRawTypes)
                .flatMap(types -> types.stream());
    }

    private static boolean isOurs(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return type.getBaseComponentType().isPrimitive()
                || name.startsWith("java.")
                || ((name + ".").startsWith("io.sealos.") && !name.contains(".internal"));
    }
}
