package io.sealos.images.internal.install;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.install.ProgramCall.Filled;
import io.sealos.images.internal.shell.expand.ShellPattern;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknown.Nature;
import io.sealos.images.internal.shell.state.Unknowns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the manifests for the options {@code -f} and {@code -k} of a call of kubectl. */
final class ManifestSource {
    private static final Set<String> INPUT = Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
    private static final Pattern ADDRESS = Pattern.compile("(?s)https?://.*");
    private static final Pattern REPOSITORY =
            Pattern.compile("(?s)[a-z+]+://.*|git@.*|[\\w-]+(\\.[\\w-]+)+/[^/]+/[^/]+.*|.*[?&]ref=.*");
    /** The names of the files that kubectl reads in a directory. */
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(yaml|yml|json)");
    /** The suffixes of templates. Sealos renders templates to names without them before a command runs. */
    private static final List<String> TEMPLATE_ENDINGS = List.of(".tmpl", ".tpl");

    private static final Pattern RENDERED = Pattern.compile("/(etc|scripts|manifests)/.*");
    private static final List<String> KUSTOMIZATIONS =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final int DEEPEST = 50;

    private final ProgramCall call;
    private final boolean recursive;

    ManifestSource(ProgramCall call, boolean recursive) {
        this.call = call;
        this.recursive = recursive;
    }

    /** Reads the manifests for an argument of {@code -f}. */
    void read(String name) {
        String path = call.run().path(name);
        if (INPUT.contains(name)) {
            String input = call.run().input();
            text(input == null ? "" : input);
        } else if (ADDRESS.matcher(name).matches()) {
            remote("the manifest", name);
        } else if (Unknowns.in(name)) {
            notKnown("the manifest '" + call.shown(name) + "'", name);
        } else if (!name.isEmpty() && !isTemplate(path) && !readPath(path, true, 0) && !readMatches(name)) {
            call.missing("the manifest '" + name + "'", path);
        }
    }

    /** {@return whether the image has the path} */
    boolean isThere(String name) {
        return !Unknowns.in(name) && call.run().files().exists(call.run().path(name));
    }

    private boolean readPath(String path, boolean named, int depth) {
        var files = call.run().files();
        if (!call.files().mayApplyMore()) {
            call.problem(Kind.UNREAD, "the commands apply so many files that not all of them were read");
            return true;
        }
        if (files.isWritten(path)) {
            text(String.valueOf(files.text(path)));
            return true;
        }
        if (files.isDirectory(path)) {
            walk(path, named, depth);
            return true;
        }
        Path file = call.files().inContext(files.original(path));
        if (file != null) {
            call.found().accept(new Applied.Manifest(call.file(), call.line(), file));
        }
        return file != null;
    }

    /** Reads the files of a directory that kubectl reads. Linked directories are not entered. */
    private void walk(String path, boolean named, int depth) {
        var files = call.run().files();
        Path directory = call.files().inContext(files.original(path));
        boolean linked = !named && directory != null && Files.isSymbolicLink(directory);
        if (linked || depth > DEEPEST || !(named || recursive)) {
            return;
        }
        List<String> names = files.names(path);
        Set<String> all = Set.copyOf(names);
        for (String name : names) {
            String child = ImagePath.resolve(path, name);
            boolean overwritten = RENDERED.matcher(child).matches()
                    && TEMPLATE_ENDINGS.stream().anyMatch(it -> all.contains(name + it));
            if (overwritten) {
                continue;
            }
            if (files.isDirectory(child)
                    || MANIFEST.matcher(renderedName(child)).matches()) {
                readPath(child, false, depth + 1);
            }
        }
    }

    private static String renderedName(String path) {
        for (String ending : TEMPLATE_ENDINGS) {
            if (path.endsWith(ending) && RENDERED.matcher(path).matches()) {
                return path.substring(0, path.length() - ending.length());
            }
        }
        return path;
    }

    private boolean isTemplate(String path) {
        return RENDERED.matcher(path).matches()
                && TEMPLATE_ENDINGS.stream().anyMatch(ending -> readPath(path + ending, true, 0));
    }

    /** Reads the files that match a pattern, which kubectl expands itself if the shell has not. */
    private boolean readMatches(String name) {
        List<String> matches = ShellPattern.isPattern(name)
                ? ShellPattern.files(name, call.run().directory(), call.run().files())
                : List.of();
        matches.forEach(it -> readPath(call.run().path(it), true, 0));
        return !matches.isEmpty();
    }

    private void remote(String what, String address) {
        call.problem(Kind.REMOTE, what + " is at the address " + call.shown(address) + ", so its images are not known");
    }

    private void notKnown(String what, String name) {
        boolean optional = call.isOptional(name);
        call.problem(
                optional ? Kind.ASSUMED : Kind.UNREAD,
                what + " is not known (" + call.unknowns().causes(name) + ")"
                        + (optional ? "; taken as none" : ", and neither are its images"));
    }

    /** {@return whether an argument of {@code -k} is the address of a repository} */
    static boolean isRepository(String name) {
        return REPOSITORY.matcher(name).matches();
    }

    /** Reads the kustomization for an argument of {@code -k}. */
    void kustomization(String name) {
        kustomization(name, false);
    }

    private void kustomization(String name, boolean built) {
        if (Unknowns.in(name)) {
            if (isRepository(name)) {
                remote("the kustomization", name);
            } else {
                notKnown("the kustomization '" + call.shown(name) + "'", name);
            }
            return;
        }
        String path = call.run().path(name);
        Path directory = directory(path);
        if (directory != null) {
            call.found().accept(new Applied.Kustomization(call.file(), call.line(), directory, built));
        } else if (isRepository(name)) {
            remote("the kustomization", name);
        } else {
            call.missing("the kustomization '" + name + "'", path);
        }
    }

    private @Nullable Path directory(String path) {
        var files = call.run().files();
        Path directory = call.files().inContext(files.original(path));
        if (directory != null) {
            return Files.isDirectory(directory) ? directory : directory.getParent();
        }
        return KUSTOMIZATIONS.stream()
                .flatMap(it -> Optional.ofNullable(call.files().inContext(files.original(path + "/" + it))).stream())
                .map(Path::getParent)
                .findFirst()
                .orElse(null);
    }

    /** Reads a text that commands have generated or passed on. */
    private void text(String text) {
        MadeText made = new MadeText(text, call.unknowns());
        if (Unknowns.isAll(text) && call.unknowns().of(text).stream().allMatch(it -> it.nature() == Nature.VARIABLE)) {
            notKnown("the manifest", text);
            return;
        }
        made.objects().forEach(this::object);
        if (!made.known().isBlank()) {
            manifest(made.known(), made.isChanged());
        }
    }

    private void changed(Unknown change) {
        boolean images = !change.source().isEmpty();
        call.problem(
                images ? Kind.UNREAD : Kind.ASSUMED,
                "what is applied is taken as it is before, but " + change.cause() + " is not known"
                        + (images ? ", and may be images" : ""));
    }

    private void manifest(String text, boolean changed) {
        String path = changed ? null : call.files().origin(text);
        Path file = path == null ? null : call.files().source(path);
        if (file != null) {
            call.found().accept(new Applied.Manifest(call.file(), call.line(), file));
            return;
        }
        Filled filled = call.filled(text);
        call.found().accept(new Applied.Text(call.file(), call.line(), filled.text(), filled.unknown(), changed));
    }

    /** Reports an unknown value that may stand for whole objects. */
    private void object(Unknown unknown) {
        switch (unknown.nature()) {
            case FOUND -> call.applyPrinted(unknown);
            case ADDRESS -> remote("the manifest", unknown.source());
            case FILE -> readPath(unknown.source(), true, 0);
            case KUSTOMIZATION -> kustomization(unknown.source(), true);
            case CHANGE -> changed(unknown);
            case VALUE ->
                call.problem(
                        Kind.UNREAD,
                        "the applied objects are not known (" + unknown.cause() + "), and neither are their images");
            default -> {
                // A variable that nothing sets, and that the caller does not give, is empty.
            }
        }
    }
}
