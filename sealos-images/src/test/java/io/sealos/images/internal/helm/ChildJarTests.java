package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The renderer's own tests run the child with this archive; here is what it holds, and when it is written again. */
class ChildJarTests {
    private static final String OWN = HelmChild.class.getPackageName().replace('.', '/') + "/";
    private static final String FILES = "io/sealos/internal/files/";

    @TempDir
    private Path directory;

    private Path cache;
    private Path work;

    @BeforeEach
    void makeDirectories() throws IOException {
        EngineAssumption.library();
        cache = directory.resolve("cache");
        work = Files.createDirectory(directory.resolve("work"));
    }

    @Test
    void holdsEachOfItsOwnClassesWithAllThatAreNestedInIt() throws Exception {
        Set<String> held = new TreeSet<>(entries(jar()));
        held.removeIf(it -> !it.startsWith(OWN));
        Set<String> expected = new TreeSet<>();
        Path classes = Path.of(HelmChild.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (String name : held) {
            String outer = name.substring(OWN.length()).replaceAll("[$.].*", "");
            try (Stream<Path> files = Files.list(classes.resolve(OWN))) {
                files.map(it -> it.getFileName().toString())
                        .filter(it -> it.equals(outer + ".class") || it.startsWith(outer + "$"))
                        .forEach(it -> expected.add(OWN + it));
            }
        }

        assertThat(held).isEqualTo(expected).contains(OWN + "HelmChild.class");
    }

    @Test
    void holdsNeitherThisLibrarysOtherClassesNorTheEnginesLibrary() throws Exception {
        assertThat(entries(jar()))
                .contains("com/sun/jna/Native.class", "com/marcnuri/helm/jni/InstallOptions.class")
                .anyMatch(it -> it.startsWith("com/sun/jna/") && it.contains("jnidispatch"))
                .noneMatch(it -> it.startsWith("io/") && !it.startsWith(OWN) && !it.startsWith(FILES))
                .noneMatch(it -> it.contains("helm-"));
        assertThat(Files.size(jar())).isLessThan(1_000_000);
    }

    @Test
    void fileWhenNothingChangedIsTheSame() throws Exception {
        Path jar = jar();

        assertThat(jar()).isEqualTo(jar);
        assertThat(jar.getFileName().toString()).matches("[0-9a-f]{64}\\.jar");
    }

    @Test
    void fileWhenArchiveWasDamagedIsWrittenAnew() throws Exception {
        Path jar = keptJar();
        byte[] whole = Files.readAllBytes(jar);
        FileTime modified = Files.getLastModifiedTime(jar);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(jar, damaged);
        Files.setLastModifiedTime(jar, modified);

        assertThat(jar()).isEqualTo(jar).hasBinaryContent(whole);
    }

    @Test
    void fileWhenArchiveIsGoneOrNoFileIsWrittenAnew() throws Exception {
        Path jar = keptJar();
        byte[] whole = Files.readAllBytes(jar);
        Files.delete(jar);
        assertThat(jar()).isEqualTo(jar).hasBinaryContent(whole);
        Path elsewhere = Files.move(jar, directory.resolve("elsewhere"));
        Files.createSymbolicLink(jar, elsewhere);
        assertThat(jar()).isEqualTo(jar).isRegularFile().hasBinaryContent(whole);
        assertThat(Files.isSymbolicLink(jar)).isFalse();
    }

    @Test
    void fileWhenNoteIsDamagedReadsTheClasses() throws Exception {
        Path jar = keptJar();
        Path note;
        try (Stream<Path> files = Files.list(cache)) {
            note = files.filter(it -> it.toString().endsWith("-child.checked"))
                    .findFirst()
                    .orElseThrow();
        }
        String whole = Files.readString(note);
        for (String damage :
                List.of("", whole + "0", "x" + whole.substring(1), whole.replaceAll(".{64}$", "0".repeat(64)))) {
            Files.writeString(note, damage);
            assertThat(jar()).as(damage).isEqualTo(jar);
        }
        assertThat(note).hasContent(whole);
    }

    @Test
    void fileWhenDirectoryIsOpenToOthersIsRefused() throws Exception {
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(this::jar)
                .hasMessage("the directory " + cache + " must be yours alone (mode 0700); remove it");
    }

    private Path jar() throws IOException {
        return EngineFiles.find(cache, work).childJar();
    }

    /** One of which it is kept that it is whole. */
    private Path keptJar() throws Exception {
        Path jar = jar();
        CheckedFile checked = new CheckedFile(jar);
        while (!checked.isUntouched()) {
            Thread.sleep(50);
            jar();
        }
        return jar;
    }

    private static List<String> entries(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().map(JarEntry::getName).forEach(names::add);
        }
        return names;
    }
}
