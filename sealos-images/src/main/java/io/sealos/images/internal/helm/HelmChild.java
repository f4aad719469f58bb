package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.jni.HelmLib;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The child process: renders the numbered requests of a folder, one after the other, and leaves each answer as a file
 * that appears whole. Files, because the engine prints to both standard streams. The parent holds the standard input;
 * when it ends, the parent is gone, and the child removes the folder and stops.
 */
final class HelmChild {
    /** What an answer starts with when the engine rendered. */
    static final String RENDERED = "rendered ";

    private static final int KUBERNETES_NEWEST = 36;
    private static final int KUBERNETES_OLDEST = 8;
    /** The last patch of each version from 1.8 on; versions still maintained have no last one. */
    private static final int[] LAST_PATCH = {
        15, 11, 13, 10, 10, 12, 10, 12, 15, 17, 20, 16, 15, 14, 17, 17, 17, 16, 15, 16, 15, 15, 14
    };

    private final HelmLib engine;
    private final Path work;

    private HelmChild(HelmLib engine, Path work) {
        this.engine = engine;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]);
        Guardian.start(work);
        HelmChild child = new HelmChild(NativeHelm.load(Path.of(arguments[1])), work);
        for (int i = Integer.parseInt(arguments[2]); Files.exists(WorkFolder.request(work, i)); i++) {
            child.answer(i);
        }
    }

    private void answer(int number) throws IOException {
        List<String> request = Files.readAllLines(WorkFolder.request(work, number));
        String answer;
        try {
            answer = render(number, request);
        } catch (IllegalStateException e) {
            answer = String.valueOf(e.getMessage());
        }
        Path part = work.resolve(number + ".part");
        Files.writeString(part, answer);
        Files.move(part, WorkFolder.answer(work, number), StandardCopyOption.ATOMIC_MOVE);
    }

    private String render(int number, List<String> request) {
        String wanted = request.get(1);
        try {
            return RENDERED + wanted + "\n" + render(number, request, wanted);
        } catch (IllegalStateException e) {
            if (!excludesVersion(e)) {
                throw e;
            }
            return renderHighest(number, request, e);
        }
    }

    /** Which versions a chart allows, Helm itself knows best: it is asked from the newest down. */
    private String renderHighest(int number, List<String> request, IllegalStateException first) {
        for (int minor = KUBERNETES_NEWEST; minor >= KUBERNETES_OLDEST; minor--) {
            int index = minor - KUBERNETES_OLDEST;
            String version = "1." + minor + "." + (index < LAST_PATCH.length ? LAST_PATCH[index] : 0);
            try {
                return RENDERED + version + "\n" + render(number, request, version);
            } catch (IllegalStateException e) {
                if (!excludesVersion(e)) {
                    throw e;
                }
            }
        }
        throw first;
    }

    private static boolean excludesVersion(IllegalStateException e) {
        return String.valueOf(e.getMessage()).contains("which is incompatible with Kubernetes");
    }

    private String render(int number, List<String> request, String version) {
        InstallCommand install = new InstallCommand(engine, Path.of(request.get(0)))
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withName(request.get(2))
                .withNamespace(request.get(3))
                .withKubeVersion(version)
                .withValuesFile(WorkFolder.values(work, number));
        for (String whole : request.subList(4, request.size())) {
            int equals = whole.indexOf('=');
            install.set(URLDecoder.decode(whole.substring(0, equals), UTF_8), whole.substring(equals + 1));
        }
        var release = install.call();
        return release == null ? "" : String.valueOf(release.getOutput());
    }
}
