package io.sealos.layout.internal.rule;

import io.sealos.kubefile.Platform;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Determines the platform of a program from its first bytes. */
final class Program {
    private static final String ELF = "7f454c46";
    private static final int ELF_BIG_ENDIAN = 2;

    /** The architectures of platforms, by {@code e_machine} of ELF. */
    private static final Map<Integer, String> MACHINES = Map.of(
            0x03, "386",
            0x15, "ppc64",
            0x16, "s390x",
            0x28, "arm",
            0x3E, "amd64",
            0xB7, "arm64",
            0xF3, "riscv64",
            0x102, "loong64");

    private Program() {}

    /** {@return the platform of a program, if it cannot run on the platform of the image; else empty} */
    static Optional<String> foreignTo(Platform platform, byte[] head) {
        if (head.length < 20) {
            return Optional.empty();
        }
        String magic = HexFormat.of().formatHex(head, 0, 4);
        if (magic.equals(ELF)) {
            return Optional.ofNullable(MACHINES.get(machine(head)))
                    .filter(made -> !runs(platform, made))
                    .map(made -> "linux/" + made);
        }
        if (magic.equals("cffaedfe") || magic.equals("cefaedfe")) {
            return Optional.of("macOS");
        }
        return magic.startsWith("4d5a") ? Optional.of("Windows") : Optional.empty();
    }

    private static int machine(byte[] head) {
        int low = head[18] & 0xFF;
        int high = head[19] & 0xFF;
        return head[5] == ELF_BIG_ENDIAN ? (low << 8) | high : (high << 8) | low;
    }

    // 64-bit kernels also run programs of the 32-bit architecture.
    private static boolean runs(Platform platform, String made) {
        String wanted = platform.architecture();
        return wanted.startsWith(made)
                || (wanted.equals("amd64") && made.equals("386"))
                || (wanted.equals("arm64") && made.equals("arm"));
    }
}
