pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// What has to be handed in, one card each; scanning one of them opens its pages.
GsCasePage {
    id: screen

    readonly property MaterialsController materials: kiosk.materials
    readonly property bool inside: materials.openKey !== ""
    readonly property bool filming: inside && materials.camera.active
    readonly property bool bringing: inside && materials.handover.way !== ""

    title: inside ? materials.openName : qsTr("把材料交给机器扫描")
    subtitle: inside ? (GsTheme.elder && GsTheme.compact && !GsTheme.portrait ? "" : materials.openNote) : materials.missing > 0 ? qsTr("还差 %1 样。原件扫描完就还给您，不收走。").arg(materials.missing) : qsTr("材料都齐了。")
    plain: inside
    primaryText: filming ? qsTr("拍完了") : bringing ? (materials.handover.way === "phone" ? qsTr("传好了") : qsTr("拿好了")) : inside ? qsTr("这样材料好了") : qsTr("材料齐了，继续")
    primaryIcon: inside ? "check" : "arrow-right"
    primaryEnabled: filming || bringing ? true : inside ? materials.pages.count > 0 && !materials.scanning : materials.missing === 0
    onPrimary: filming ? materials.camera.close() : bringing ? materials.handover.close() : inside ? materials.close() : materials.finish()
    onBack: filming ? materials.camera.close() : bringing ? materials.handover.close() : inside ? materials.close() : kiosk.visit.go("back")
    extras: [
        GsButton {
            objectName: "keepCase"
            visible: !screen.inside && screen.kiosk.visit.canKeep
            text: qsTr("先存着，备齐再来")
            iconName: "device-floppy"
            onClicked: screen.kiosk.cases.keep()
        }
    ]

    Repeater {
        model: screen.materials.rows
        GsMaterialRow {
            visible: !screen.inside
            Layout.fillWidth: true
            scanner: screen.kiosk.status.scannerReady
            onOpened: key => screen.materials.open(key)
            onPledged: key => screen.materials.pledge(key)
            onTakenBack: key => screen.materials.takeBack(key)
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
        shown: !screen.inside && screen.kiosk.visit.problemCause !== ""
    }
    // Made when it is wanted: most visits never see it.
    Loader {
        parent: screen.stage
        active: screen.filming
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        sourceComponent: GsCamera {
            camera: screen.materials.camera
            visit: screen.kiosk.visit
        }
    }
    GsHandover {
        parent: screen.stage
        visible: screen.bringing
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        handover: screen.materials.handover
        visit: screen.kiosk.visit
    }
    GsPages {
        parent: screen.stage
        visible: screen.inside && !screen.filming && !screen.bringing
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        materials: screen.materials
        visit: screen.kiosk.visit
    }
}
