package io.sealos.oci;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.internal.json.ImageDiffJson;
import io.sealos.internal.json.PrettyJson;
import io.sealos.oci.ClusterImageDiff.ChartChange;
import io.sealos.oci.ClusterImageDiff.File;
import io.sealos.oci.ClusterImageDiff.FileChange;
import io.sealos.oci.ClusterImageDiff.SettingChange;
import java.io.IOException;
import java.util.Optional;

/** Writes differences for programs. */
final class ClusterImageDiffJson {
    private static final int VERSION = 1;

    private ClusterImageDiffJson() {}

    static String json(ClusterImageDiff diff) {
        return PrettyJson.object(json -> {
            json.writeNumberField("version", VERSION);
            if (diff.bytesToReceive().isPresent()) {
                json.writeNumberField("bytesToReceive", diff.bytesToReceive().getAsLong());
            }
            PrettyJson.objects(json, "images", diff.images().changes(), ImageDiffJson::write);
            PrettyJson.objects(json, "charts", diff.charts(), ClusterImageDiffJson::chart);
            PrettyJson.objects(json, "settings", diff.settings(), ClusterImageDiffJson::setting);
            PrettyJson.objects(json, "files", diff.files(), ClusterImageDiffJson::file);
        });
    }

    private static void chart(JsonGenerator json, ChartChange chart) throws IOException {
        json.writeStringField("name", chart.name());
        PrettyJson.texts(json, "before", chart.before());
        PrettyJson.texts(json, "after", chart.after());
    }

    private static void setting(JsonGenerator json, SettingChange change) throws IOException {
        json.writeStringField("setting", change.setting().name());
        json.writeStringField("name", change.name());
        PrettyJson.texts(json, "before", change.before());
        PrettyJson.texts(json, "after", change.after());
    }

    private static void file(JsonGenerator json, FileChange change) throws IOException {
        json.writeStringField("path", change.path());
        PrettyJson.texts(
                json, "aspects", change.aspects().stream().map(Enum::name).toList());
        file(json, "before", change.before());
        file(json, "after", change.after());
    }

    private static void file(JsonGenerator json, String name, Optional<File> given) throws IOException {
        if (given.isEmpty()) {
            return;
        }
        File file = given.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("type", file.type().name());
        json.writeStringField("mode", ClusterImageDiffText.octal(file.mode()));
        json.writeNumberField("uid", file.uid());
        json.writeNumberField("gid", file.gid());
        json.writeNumberField("size", file.size());
        json.writeStringField("digest", file.digest().map(Digest::toString).orElse(""));
        json.writeStringField("target", file.target());
        json.writeNumberField("layer", file.layer());
        json.writeEndObject();
    }
}
