package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The class path of the child process: a JAR of the classes that it needs, taken from the class loader of this library.
 * It is cached under its SHA-256, which is verified again if the file has changed.
 */
final class ChildJar {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int SHA256_LENGTH = 64;

    private final EngineCache cache;

    ChildJar(EngineCache cache) {
        this.cache = cache;
    }

    /** {@return the file, which is written if it does not exist or has changed} */
    Path file() throws IOException {
        cache.open();
        List<ClassOrigin> origins = ChildClasses.origins();
        Optional<String> state = state(origins);
        Optional<Path> known = state.isPresent() ? known(origins, state.get()) : Optional.empty();
        return known.isPresent() ? known.get() : written(origins, state);
    }

    /** {@return a text by which changed classes are recognized without reading them; empty if that is not possible} */
    private static Optional<String> state(List<ClassOrigin> origins) {
        List<String> states = new ArrayList<>();
        for (ClassOrigin origin : origins) {
            Optional<String> state = origin.state();
            if (state.isEmpty()) {
                return state;
            }
            states.add(state.get() + " " + origin.files().hashCode());
        }
        return Optional.of(String.join("\n", states) + "\n");
    }

    private Optional<Path> known(List<ClassOrigin> origins, String state) throws IOException {
        Path note = note(origins);
        if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String text = Files.readString(note);
        if (!text.startsWith(state) || text.length() != state.length() + SHA256_LENGTH) {
            return Optional.empty();
        }
        String digest = text.substring(state.length());
        Path jar = jar(digest);
        CheckedFile checked = new CheckedFile(jar);
        return checked.isUntouched() || isWhole(checked, jar, digest) ? Optional.of(jar) : Optional.empty();
    }

    private boolean isWhole(CheckedFile checked, Path jar, String digest) throws IOException {
        Optional<String> resting = checked.restingState();
        if (!Files.isRegularFile(jar, LinkOption.NOFOLLOW_LINKS)
                || !digest(Files.readAllBytes(jar)).equals(digest)) {
            return false;
        }
        if (resting.isPresent()) {
            checked.keep(resting.get());
        }
        return true;
    }

    private Path written(List<ClassOrigin> origins, Optional<String> state) throws IOException {
        byte[] bytes = archive(origins);
        String digest = digest(bytes);
        Path jar = jar(digest);
        if (!isWhole(new CheckedFile(jar), jar, digest)) {
            cache.write(new ByteArrayInputStream(bytes), jar);
        }
        if (state.isPresent()) {
            cache.write(new ByteArrayInputStream((state.get() + digest).getBytes(UTF_8)), note(origins));
        }
        return jar;
    }

    private Path jar(String digest) {
        return cache.file(digest + ".jar");
    }

    /**
     * {@return the note for the locations of the classes} Its name is a checksum that does not need the cryptography
     * classes.
     */
    private Path note(List<ClassOrigin> origins) {
        CRC32 sum = new CRC32();
        for (ClassOrigin origin : origins) {
            sum.update(origin.place().getBytes(UTF_8));
        }
        return cache.file(Long.toHexString(sum.getValue()) + "-child.checked");
    }

    private static byte[] archive(List<ClassOrigin> origins) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (ClassOrigin origin : origins) {
                for (String file : origin.files()) {
                    add(zip, file, origin.read(file));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            return; // The next start works without the note.
        }
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
