# Where Debian expects things.
include(GNUInstallDirs)
if(TARGET newswired)
    install(TARGETS newswired RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
