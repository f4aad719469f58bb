package io.sealos.images;

import java.util.ArrayList;
import java.util.List;

/** The Deployment of an operator as a manifest, to which resources are added. */
final class OperatorDeployment {
    private final String image;
    private final List<String> lines = new ArrayList<>();

    private OperatorDeployment(String image) {
        this.image = image;
    }

    static OperatorDeployment of(String image) {
        return new OperatorDeployment(image);
    }

    /** Adds arguments of the container. */
    OperatorDeployment arguments(String... arguments) {
        lines.add("args:");
        for (String argument : arguments) {
            lines.add("- " + argument);
        }
        return this;
    }

    /** Adds an environment variable of the container. */
    OperatorDeployment variable(String name, String value) {
        if (!lines.contains("env:")) {
            lines.add("env:");
        }
        lines.add("- name: " + name);
        lines.add("  value: \"" + value + "\"");
        return this;
    }

    /** {@return the manifest of the Deployment, followed by other documents} */
    String with(String documents) {
        StringBuilder text = new StringBuilder("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: operator
                spec:
                  template:
                    spec:
                      containers:
                      - name: manager
                        image: %s
                """.formatted(image));
        lines.forEach(it -> text.append("        ").append(it).append('\n'));
        return text.append("---\n").append(documents).toString();
    }
}
