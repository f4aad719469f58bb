package io.sealos.images;

import java.nio.file.Path;

/** A program that scans, says what it found and waits to be ended: another process for tests. */
final class ScanHost {
    private ScanHost() {}

    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shut down")));
        ChartRenderer renderer =
                arguments[0].equals("inProcess") ? ChartRenderers.inProcess() : ChartRenderers.childProcess();
        ImageInventory inventory =
                ImageScanner.builder().chartRenderer(renderer).build().scan(Path.of(arguments[1]));
        inventory.occurrences().forEach(it -> System.out.println("image " + it.reference()));
        inventory.problems().forEach(it -> System.out.println("problem " + it));
        System.out.println("scanned");
        Thread.sleep(60_000);
        // Nothing ended it.
        Runtime.getRuntime().halt(1);
    }
}
