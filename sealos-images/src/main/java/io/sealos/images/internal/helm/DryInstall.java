package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.InstallOptions;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code helm install --dry-run=client} without a cluster. All texts are ASCII; other characters are
 * passed in files.
 *
 * <p>The options are written in the memory layout of C, one after the other. JNA could determine that layout, too, but
 * that would take a third of the time in which a child process starts.
 */
final class DryInstall {
    private static final int ON = 1;
    private static final int INT_SIZE = 4;

    /** The options in the order of the C structure. */
    private static final List<String> OPTIONS = List.of(
            "name",
            "generateName",
            "nameTemplate",
            "version",
            "chart",
            "namespace",
            "kubeVersion",
            "atomic",
            "createNamespace",
            "description",
            "devel",
            "dependencyUpdate",
            "disableOpenApiValidation",
            "dryRun",
            "dryRunOption",
            "skipCRDs",
            "wait",
            "timeout",
            "values",
            "setFiles",
            "valuesFiles",
            "kubeConfig",
            "kubeConfigContents",
            "certFile",
            "keyFile",
            "caFile",
            "insecureSkipTlsVerify",
            "plainHttp",
            "keyring",
            "debug",
            "clientOnly",
            "repositoryConfig");

    private final Map<String, Integer> offsets = offsets();

    /** {@return the options, followed by their texts} */
    Memory options(EngineCall call, String kubernetesVersion) {
        Map<String, byte[]> texts = texts(call, kubernetesVersion);
        long end = offsets.size() * (long) Native.POINTER_SIZE;
        long size = end;
        for (byte[] text : texts.values()) {
            size += text.length + 1;
        }
        Memory options = new Memory(size);
        options.clear();
        options.setInt(offset("dryRun"), ON);
        options.setInt(offset("clientOnly"), ON);
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            options.write(end, text.getValue(), 0, text.getValue().length);
            options.setPointer(offset(text.getKey()), options.share(end));
            end += text.getValue().length + 1;
        }
        return options;
    }

    private static Map<String, byte[]> texts(EngineCall call, String kubernetesVersion) {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        texts.put("name", bytes(call.release()));
        texts.put("namespace", bytes(call.namespace()));
        texts.put("chart", bytes(call.chart().toString()));
        texts.put("kubeVersion", bytes(kubernetesVersion));
        texts.put("values", bytes(call.wholeNumbers()));
        texts.put("valuesFiles", bytes(call.values().toString()));
        texts.put("dryRunOption", bytes("client"));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int offset(String name) {
        Integer offset = offsets.get(name);
        if (offset == null) {
            throw unknown();
        }
        return offset;
    }

    /** {@return the offset of each option} The class must have exactly these fields, in any order. */
    private static Map<String, Integer> offsets() {
        Map<String, Class<?>> types = new HashMap<>();
        for (Field field : InstallOptions.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                types.put(field.getName(), field.getType());
            }
        }
        Map<String, Integer> offsets = new LinkedHashMap<>();
        int at = 0;
        for (String option : OPTIONS) {
            int size = size(types.remove(option));
            at = (at + size - 1) / size * size;
            offsets.put(option, at);
            at += size;
        }
        if (!types.isEmpty()) {
            throw unknown();
        }
        return offsets;
    }

    private static int size(@Nullable Class<?> type) {
        if (type == String.class) {
            return Native.POINTER_SIZE;
        }
        if (type == int.class) {
            return INT_SIZE;
        }
        throw unknown();
    }

    private static LinkageError unknown() {
        return new LinkageError(
                "this library does not know this version of helm-java; use the one that sealos-images depends on");
    }
}
