package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.source.SaveListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears, as lines. */
final class RecordingListener implements SaveListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    List<String> heard() {
        return new ArrayList<>(heard);
    }

    @Override
    public void resolved(ImageReference image, Digest root, String host) {
        heard.add("resolved " + image + " " + root + " " + host);
    }

    @Override
    public void started(ImageReference image, Digest blob, long size, String host) {
        heard.add("started " + image + " " + blob + " " + size + " " + host);
    }

    @Override
    public void progressed(ImageReference image, Digest blob, long received, long size, String host) {
        heard.add("progressed " + image + " " + blob + " " + received + "/" + size + " " + host);
    }

    @Override
    public void finished(ImageReference image, Digest blob, long size, String host) {
        heard.add("finished " + image + " " + blob + " " + size + " " + host);
    }

    @Override
    public void reused(ImageReference image, Digest blob, long size) {
        heard.add("reused " + image + " " + blob + " " + size);
    }

    @Override
    public void retrying(ImageReference image, String host, String reason, Duration pause) {
        heard.add("retrying " + image + " " + host + " " + reason + " " + pause);
    }
}
