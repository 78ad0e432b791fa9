package org.betadrift.it.swap;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.osgi.framework.launch.FrameworkFactory;

/** Whose framework. Each has a class loader of its own: both jars carry a resolver, and only one of them signed. */
enum Brand {
    FELIX("org.apache.felix.framework.jar"),
    EQUINOX("org.eclipse.osgi.jar");

    private final FrameworkFactory factory;

    Brand(String jar) {
        try {
            URL[] urls = {Path.of(System.getProperty("betadrift.frameworks"), jar).toUri().toURL()};
            ClassLoader loader = new URLClassLoader(urls, Brand.class.getClassLoader());
            factory = ServiceLoader.load(FrameworkFactory.class, loader).findFirst().orElseThrow();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    FrameworkFactory factory() {
        return factory;
    }
}
