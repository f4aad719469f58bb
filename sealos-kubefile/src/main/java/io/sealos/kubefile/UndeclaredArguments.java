package io.sealos.kubefile;

import java.util.LinkedHashSet;
import java.util.Set;

/** Build arguments that the caller gives and no ARG of any stage declares: misspelt, most often. */
final class UndeclaredArguments {
    private UndeclaredArguments() {}

    static void warn(Kubefile kubefile, Set<String> given, Problems warnings) {
        Set<String> undeclared = new LinkedHashSet<>(given);
        undeclared.removeAll(declared(kubefile));
        ArgScope.ALWAYS_ALLOWED.forEach(undeclared::remove);
        undeclared.forEach(name -> warnings.add(
                kubefile.whole(),
                "no ARG declares the build argument " + name,
                "Add ARG " + name + ", or leave the argument out."));
    }

    private static Set<String> declared(Kubefile kubefile) {
        Set<String> names = new LinkedHashSet<>();
        for (Instruction instruction : kubefile.instructions()) {
            if (instruction instanceof ArgInstruction) {
                instruction.arguments().forEach(argument -> names.add(name(argument)));
            }
        }
        return names;
    }

    private static String name(Argument argument) {
        String word = argument.text().replaceAll("[\"']", "");
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }
}
