package io.sealos.oci.internal.progress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.oci.Progress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The progress of a job as JSON in one line. */
public final class ProgressJson {
    private ProgressJson() {}

    /** {@return an object with the progress at one moment} */
    public static String of(Progress.Snapshot snapshot) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written to", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Progress.Snapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", name(snapshot.state()));
        if (snapshot.current().isPresent()) {
            json.writeStringField("current", name(snapshot.current().get().phase()));
        }
        if (snapshot.percent().isPresent()) {
            json.writeNumberField("percent", snapshot.percent().getAsInt());
        }
        write(json, "items", snapshot.items());
        write(json, "bytes", snapshot.bytes());
        json.writeArrayFieldStart("phases");
        for (Progress.Phase phase : snapshot.phases()) {
            write(json, phase);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Progress.Phase phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("phase", name(phase.phase()));
        json.writeStringField("state", name(phase.state()));
        if (phase.percent().isPresent()) {
            json.writeNumberField("percent", phase.percent().getAsInt());
        }
        write(json, "items", phase.items());
        write(json, "bytes", phase.bytes());
        json.writeNumberField("failedItems", phase.failedItems());
        json.writeNumberField("elapsedMillis", phase.elapsed().toMillis());
        if (phase.bytesPerSecond().isPresent()) {
            json.writeNumberField("bytesPerSecond", phase.bytesPerSecond().getAsLong());
        }
        if (phase.timeLeft().isPresent()) {
            json.writeNumberField("timeLeftMillis", phase.timeLeft().get().toMillis());
        }
        json.writeStringField("text", phase.toText());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Progress.Count count) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("done", count.done());
        json.writeNumberField("reused", count.reused());
        if (count.total().isPresent()) {
            json.writeNumberField("total", count.total().getAsLong());
        }
        json.writeEndObject();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
