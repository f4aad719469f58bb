package io.sealos.images.internal.kustomize;

import io.sealos.images.RenderedDocument;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.internal.files.SlashPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files to which kustomizations refer, which must be in the context directory. */
final class KustomizeFiles {
    private final ContextFiles context;
    private final SourceLines lines;
    private final List<KustomizeException> notes = new ArrayList<>();

    private final boolean lenient;

    /**
     * Creates the files of an evaluation.
     *
     * @param lenient whether kustomizations may read files outside of their directories
     */
    KustomizeFiles(ContextFiles context, SourceLines lines, boolean lenient) {
        this.context = context;
        this.lines = lines;
        this.lenient = lenient;
    }

    /** {@return the kustomization file of a directory; empty if there is none} */
    static Optional<Path> kustomizationFile(Path directory) {
        return Kustomization.NAMES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    Kustomization kustomization(Path directory, int askedAt) throws IOException, KustomizeException {
        List<Path> files = Kustomization.NAMES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .filter(context::isInside)
                .toList();
        if (files.isEmpty()) {
            throw new KustomizeException(
                    askedAt, "the directory '" + directory.getFileName() + "' has no kustomization");
        }
        YamlNode text = lines.text(files.get(0), askedAt);
        if (files.size() > 1) {
            throw new KustomizeException(
                    text.line(),
                    "lies beside " + files.get(1).getFileName() + ", and a directory may have one kustomization only");
        }
        List<YamlNode> documents = lines.documents(files.get(0), askedAt);
        if (documents.isEmpty() || !documents.get(0).isMapping()) {
            throw new KustomizeException(text.line(), "the kustomization is empty");
        }
        return Kustomization.of(directory, documents.get(0));
    }

    /** {@return the whole text of a file} */
    YamlNode text(Path file, int askedAt) throws IOException, KustomizeException {
        if (!Files.isRegularFile(file) || !context.isInside(file)) {
            throw new KustomizeException(
                    askedAt, "needs '" + context.name(file) + "', which the context does not have");
        }
        return lines.text(file, askedAt);
    }

    /** {@return the documents of the output of a template} */
    List<YamlNode> rendered(Path chart, RenderedDocument document, int askedAt) throws KustomizeException {
        return lines.rendered(chart, document, askedAt);
    }

    /** {@return the files below a directory} */
    List<Path> below(Path directory) throws IOException {
        return context.below(context.name(directory));
    }

    /** Records the files of a chart, which are applied in a rendered form. */
    void addAllBelow(Path chart) throws IOException {
        lines.add(below(chart));
    }

    boolean isThere(Kustomization from, YamlNode name) throws KustomizeException {
        return Files.exists(resolved(from, name));
    }

    List<YamlNode> documents(Path file, int askedAt) throws IOException, KustomizeException {
        return lines.documents(file, askedAt);
    }

    /** {@return a directory to which a kustomization refers, anywhere in the context directory} */
    Path directory(Kustomization from, YamlNode name) throws IOException, KustomizeException {
        Path path = existing(from, name);
        if (!Files.isDirectory(path)) {
            throw new KustomizeException(name.line(), "'" + name.text() + "' of the kustomization is not a directory");
        }
        return path;
    }

    /** {@return a file to which a kustomization refers, in or below the directory of the kustomization} */
    Path file(Kustomization from, YamlNode name) throws IOException, KustomizeException {
        Path path = existing(from, name);
        if (!Files.isRegularFile(path)) {
            throw new KustomizeException(name.line(), "'" + name.text() + "' of the kustomization is not a file");
        }
        if (!lenient && !path.toAbsolutePath().startsWith(from.directory().toAbsolutePath())) {
            throw new KustomizeException(
                    name.line(),
                    "'" + name.text()
                            + "' of the kustomization lies outside of its directory, where kustomize reads none");
        }
        return path;
    }

    /** {@return a file or directory after links are followed} */
    Path existing(Kustomization from, YamlNode name) throws IOException, KustomizeException {
        if (KustomizeBuild.isRemote(name.text())) {
            throw KustomizeBuild.remote(name, "the resource");
        }
        Path path = resolved(from, name);
        if (!Files.exists(path) && Files.exists(path.resolveSibling(path.getFileName() + ".tmpl"))) {
            throw new KustomizeException(
                    name.line(),
                    "the kustomization names '" + name.text()
                            + "', which sealos renders from a template; that is not evaluated here");
        }
        if (name.text().isEmpty() || !Files.exists(path) || !context.isInside(path)) {
            throw new KustomizeException(
                    name.line(), "the kustomization names '" + name.text() + "', which the context does not have");
        }
        return context.followed(path);
    }

    static Path resolved(Kustomization from, YamlNode name) throws KustomizeException {
        try {
            Path directory = from.directory();
            return directory.resolve(SlashPath.of(directory.getFileSystem(), name.text()));
        } catch (InvalidPathException e) {
            // On Windows, also names that only other machines allow.
            throw new KustomizeException(
                    name.line(),
                    "the kustomization names '" + name.text() + "', which "
                            + (name.text().indexOf('\0') < 0 ? "the context does not have" : "is not a path"));
        }
    }

    /**
     * {@return notes that do not prevent the evaluation, such as on missing files of generators} These are usually data
     * that the site adds, and seldom name images.
     */
    List<KustomizeException> notes() {
        return notes;
    }

    void note(KustomizeException note) {
        notes.add(note);
    }

    /** {@return the files for the generators of a kustomization} */
    Generator.Files of(Kustomization kustomization) {
        return new Generator.Files() {
            @Override
            public Optional<Path> file(YamlNode name) throws IOException {
                try {
                    return Optional.of(KustomizeFiles.this.file(kustomization, name));
                } catch (KustomizeException e) {
                    notes.add(e);
                    return Optional.empty();
                }
            }

            @Override
            public YamlNode text(Path file, int line) throws IOException, KustomizeException {
                return lines.text(file, line);
            }
        };
    }
}
