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
    readonly property bool inside: materials.asked.openKey !== ""
    readonly property bool filming: inside && materials.camera.active
    readonly property bool bringing: inside && materials.handover.way !== ""
    readonly property bool showing: inside && materials.licence.waiting && !filming
    readonly property bool paged: inside && !filming && !bringing && !showing && !reading
    property bool reading: false
    onInsideChanged: reading = false
    readonly property bool last: materials.asked.nextName === ""

    title: inside ? materials.asked.openName : materials.asked.missing > 0 ? qsTr("把材料交给机器扫描") : qsTr("材料都齐了")
    subtitle: inside ? (GsTheme.elder && GsTheme.compact && !GsTheme.portrait ? "" : materials.asked.openNote) : materials.asked.missing > 0 ? qsTr("还差 %1 样。把纸正面朝下放进扫描仪，扫完原件自己收好。").arg(materials.asked.missing) : qsTr("看一看，没有要换的就继续。")
    plain: inside
    primaryText: showing || reading ? "" : filming ? qsTr("拍完了") : bringing ? (materials.handover.way === "phone" ? qsTr("传好了") : qsTr("拿好了")) : inside && !last ? qsTr("好了，扫下一样") : inside ? qsTr("好了，材料齐了") : materials.asked.missing > 0 ? qsTr("还差 %1 样").arg(materials.asked.missing) : qsTr("材料齐了，继续")
    primaryIcon: inside && last ? "check" : "arrow-right"
    primaryEnabled: filming ? materials.camera.taken > 0 : bringing ? true : inside ? materials.pages.count > 0 && !materials.scanning : materials.asked.missing === 0
    onPrimary: filming ? materials.camera.close() : bringing ? materials.handover.close() : inside ? materials.goOn() : materials.finish()
    goBack: () => filming ? materials.camera.close() : bringing ? materials.handover.close() : showing ? materials.licence.close() : reading ? screen.reading = false : inside ? materials.close() : kiosk.visit.go("back")
    backText: paged ? qsTr("材料清单") : qsTr("返回")
    extras: [
        GsText {
            objectName: "nextMaterial"
            visible: screen.paged && !screen.last && screen.materials.pages.count > 0
            Layout.maximumWidth: GsTheme.px(GsTheme.portrait ? 900 : 560)
            text: qsTr("下一样：%1。放好再点。").arg(screen.materials.asked.nextName)
            horizontalAlignment: Text.AlignRight
        },
        GsButton {
            objectName: "keepCase"
            visible: !screen.inside && screen.kiosk.visit.canKeep
            text: qsTr("先存着，备齐再来")
            iconName: "device-floppy"
            onClicked: screen.kiosk.cases.keep()
        }
    ]

    Repeater {
        model: screen.materials.asked.rows
        GsMaterialRow {
            visible: !screen.inside
            Layout.fillWidth: true
            scanner: screen.kiosk.status.scannerReady
            onOpened: key => screen.materials.open(key)
            onPledged: key => screen.materials.asked.pledge(key)
            onTakenBack: key => screen.materials.asked.takeBack(key)
            onScanned: key => screen.materials.scanNow(key)
            onBroughtMyself: key => screen.materials.asked.bringMyself(key)
        }
    }
    GsCard {
        visible: !screen.inside && screen.materials.asked.settled.count > 0
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        padding: GsTheme.px(24)
        GsText {
            Layout.fillWidth: true
            text: qsTr("这些不用您交")
            strong: true
        }
        Repeater {
            model: screen.materials.asked.settled
            GsText {
                required property string name
                required property string member
                required property string reason
                Layout.fillWidth: true
                text: (member === "" ? name : qsTr("%1（%2）").arg(name).arg(member)) + qsTr("：") + reason
                role: "small"
                soft: true
            }
        }
    }
    GsChineseNote {
        visible: GsTheme.english && !screen.inside
        Layout.fillWidth: true
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
    Loader {
        parent: screen.stage
        active: screen.showing
        anchors.fill: parent
        anchors.margins: GsTheme.margin
        anchors.topMargin: 0
        sourceComponent: GsLicence {
            materials: screen.materials
            visit: screen.kiosk.visit
        }
    }
    Loader {
        parent: screen.stage
        active: screen.reading
        anchors.fill: parent
        sourceComponent: GsSample {
            materials: screen.materials
        }
    }
    GsPages {
        parent: screen.stage
        visible: screen.paged
        onSampleWanted: screen.reading = true
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        materials: screen.materials
        visit: screen.kiosk.visit
    }
}
