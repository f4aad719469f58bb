package io.sealos.oci.internal.save;

import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the events. */
final class RecordingListener implements BuildListener {
    private final List<BuildEvent> heard = new CopyOnWriteArrayList<>();

    List<BuildEvent> heard() {
        return new ArrayList<>(heard);
    }

    @Override
    public void onEvent(BuildEvent event) {
        heard.add(event);
    }
}
