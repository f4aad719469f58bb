package io.sealos.oci.internal.tree;

import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

record VirtualContent(VirtualFile file) implements Content {
    @Override
    public long size() {
        return file.size();
    }

    @Override
    public InputStream open() throws IOException {
        return file.open();
    }

    @Override
    public @Nullable String identity() {
        return file.identity();
    }

    @Override
    public String group() {
        return file.group();
    }

    @Override
    public String place() {
        return file.path();
    }
}
