pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// For staff: every print that waits for a printer or whose end nobody knows. Nothing here prints by itself.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property PrintsController prints: kiosk.prints

    title: qsTr("没打完的纸")
    subtitle: prints.rows.count > 0 ? qsTr("这些纸不会自己再打。请一张一张处理。") : ""
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    GsBanner {
        objectName: "openPrintState"
        visible: screen.prints.paper.state !== "idle"
        Layout.fillWidth: true
        mood: screen.prints.paper.state === "printed" ? "good" : screen.prints.paper.state === "failed" ? "warn" : "info"
        iconName: screen.prints.paper.state === "failed" ? "printer-off" : "printer"
        text: ({
                printing: qsTr("正在打印"),
                printed: qsTr("打好了，请在出纸口取走，交给本人。")
            })[screen.prints.paper.state] ?? screen.prints.paper.cause
        action: screen.prints.paper.state === "failed" ? screen.prints.paper.action : ""
    }
    GsBanner {
        objectName: "noOpenPrints"
        visible: screen.prints.known && screen.prints.rows.count === 0 && screen.prints.paper.state === "idle"
        Layout.fillWidth: true
        mood: "good"
        text: qsTr("没有要处理的纸。")
        action: qsTr("每一张都打出来了，或者有了交代。")
    }
    Repeater {
        model: screen.prints.rows
        GsOpenPrint {
            Layout.fillWidth: true
            quiet: screen.prints.paper.state === "printing" || screen.kiosk.visit.busy
            onPrinted: screen.prints.settle(entry, true)
            onGivenUp: screen.prints.settle(entry, false)
            onWanted: screen.prints.printAgain(entry)
        }
    }
}
