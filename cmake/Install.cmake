# Where Debian expects things.  With the prefix /usr the unit, users and configuration go to the system's places.

include(GNUInstallDirs)

if(NOT TARGET newswired)
    return()
endif()

install(TARGETS newswired RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES systemd/newswired.service DESTINATION lib/systemd/system)
install(FILES systemd/newswired.sysusers DESTINATION lib/sysusers.d RENAME newswired.conf)
install(FILES systemd/newswired.tmpfiles DESTINATION lib/tmpfiles.d RENAME newswired.conf)
install(FILES systemd/newswired.logrotate DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/logrotate.d RENAME newswired)

# A configuration that is there already is the operator's: it stays.
install(CODE "
    set(target \"\$ENV{DESTDIR}${CMAKE_INSTALL_FULL_SYSCONFDIR}/newswired/newswired.yaml\")
    if(NOT EXISTS \"\${target}\")
        file(INSTALL DESTINATION \"${CMAKE_INSTALL_FULL_SYSCONFDIR}/newswired\" TYPE FILE
             FILES \"${PROJECT_SOURCE_DIR}/examples/minimal.yaml\" RENAME newswired.yaml)
    endif()")

file(GLOB examples CONFIGURE_DEPENDS examples/*.yaml)
install(FILES ${examples} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
file(GLOB schemas CONFIGURE_DEPENDS docs/*.schema.json)
install(FILES ${schemas} DESTINATION ${CMAKE_INSTALL_DATADIR}/newswired)
foreach(section IN ITEMS 1 5)
    file(GLOB pages CONFIGURE_DEPENDS docs/*.${section})
    install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
