package io.sealos.oci.example;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The options of the command line. */
record ExampleOptions(Path context, Path output, boolean realRegistries, boolean whatIf) {
    static final String USAGE = "usage: [--context DIR] [--output DIR] [--real-registries] [--what-if]";

    static ExampleOptions parse(List<String> arguments) {
        Path context = module().resolve("src/example/nginx");
        Path output = module().resolve("target/example");
        boolean real = false;
        boolean whatIf = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--context" -> context = Path.of(valueOf(option, rest));
                case "--output" -> output = Path.of(valueOf(option, rest));
                case "--real-registries" -> real = true;
                case "--what-if" -> whatIf = true;
                default -> throw new IllegalArgumentException("'" + option + "' is not an option; " + USAGE);
            }
        }
        return new ExampleOptions(context, output, real, whatIf);
    }

    private static String valueOf(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value; " + USAGE);
        }
        return rest.remove();
    }

    /** Maven runs tests in the module's directory and the example in the project's. */
    private static Path module() {
        return Path.of("").toAbsolutePath().endsWith("sealos-oci") ? Path.of("") : Path.of("sealos-oci");
    }
}
